using Microsoft.EntityFrameworkCore;

namespace Portal.Audit.Trail;

/// <summary>That an entry is among those a checkpoint signed.</summary>
public sealed record InclusionProof
{
    /// <summary>The entry's place.</summary>
    public required long Index { get; init; }

    /// <summary>Its hash, lower-case hex.</summary>
    public required string LeafHash { get; init; }

    /// <summary>Entries that the checkpoint covers.</summary>
    public required long Size { get; init; }

    /// <summary>Their root, lower-case hex.</summary>
    public required string RootHash { get; init; }

    /// <summary>When the checkpoint was signed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The checkpoint's signed note.</summary>
    public required string Note { get; init; }

    /// <summary>The sibling hashes from the leaf up, lower-case hex.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>Does the path lead from the leaf to the signed root?</summary>
    public required bool Holds { get; init; }

    internal static async Task<InclusionProof?> OfAsync(
        AuditDbContext db, Entry entry, Checkpoint? checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint is null || checkpoint.Size <= entry.Index)
        {
            return null;
        }

        var path = await new TrailTree(db).InclusionProofAsync(entry.Index, checkpoint.Size, cancellationToken);
        return new InclusionProof
        {
            Index = entry.Index,
            LeafHash = Convert.ToHexStringLower(entry.LeafHash),
            Size = checkpoint.Size,
            RootHash = Convert.ToHexStringLower(checkpoint.RootHash),
            At = checkpoint.At,
            Note = checkpoint.Note,
            Path = [.. path.Select(hash => Convert.ToHexStringLower(hash))],
            Holds = MerkleTree.VerifyInclusion(
                entry.Index, checkpoint.Size, entry.LeafHash, path, checkpoint.RootHash),
        };
    }

    internal static Task<Checkpoint?> LatestAsync(AuditDbContext db, CancellationToken cancellationToken) =>
        db.Checkpoints.AsNoTracking().OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancellationToken);
}
