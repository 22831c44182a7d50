using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Contracts;

namespace Portal.Audit.Trail.GetTrailProof;

internal sealed class GetTrailProofHandler(AuditDbContext db, TrailVault vault, TimeProvider clock)
    : IRequestHandler<Contracts.GetTrailProof, TrailProof?>
{
    // As often as the worker signs.
    private static readonly TimeSpan Cycle = TimeSpan.FromMinutes(1);

    public async Task<TrailProof?> Handle(Contracts.GetTrailProof request, CancellationToken cancellationToken)
    {
        var entry = await db.Entries.AsNoTracking()
            .Where(row => row.ContentHash == request.ContentHash && row.ObjectType == request.ObjectType)
            .OrderBy(row => row.Index)
            .FirstOrDefaultAsync(cancellationToken);
        if (entry is null)
        {
            return null;
        }

        var proof = await InclusionProof.OfAsync(db, entry, await InclusionProof.LatestAsync(db, cancellationToken), cancellationToken);
        var now = clock.GetUtcNow();
        return new TrailProof
        {
            ObjectId = entry.ObjectId,
            ObjectTitle = entry.ObjectTitle,
            DecisionId = entry.DecisionId,
            Action = entry.Action,
            OccurredAt = entry.OccurredAt,
            SealedAt = entry.SealedAt,
            ContentHash = entry.ContentHash!,
            Index = entry.Index,
            LeafHash = Convert.ToHexStringLower(entry.LeafHash),
            EntryHolds = Holds(entry),
            CoveredBy = proof is null ? (entry.SealedAt > now ? entry.SealedAt : now) + Cycle : null,
            Inclusion = proof is null ? null : new TrailInclusion
            {
                Size = proof.Size,
                RootHash = proof.RootHash,
                At = proof.At,
                Note = proof.Note,
                Path = proof.Path,
                Holds = proof.Holds && IsSigned(proof),
            },
        };
    }

    private bool Holds(Entry entry) =>
        MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(entry.Payload)).AsSpan().SequenceEqual(entry.LeafHash)
        && vault.Key?.IsSeal(entry.Seal, entry.Index, entry.LeafHash) == true
        && entry.Differences().Count == 0;

    private bool IsSigned(InclusionProof proof) =>
        vault.Key is { } key && Checkpoint.TryOpen(proof.Note, key, out var signed, out _)
        && signed.Size == proof.Size && Convert.ToHexStringLower(signed.RootHash) == proof.RootHash;
}
