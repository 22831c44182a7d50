using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Portal.Audit.Trail.VerifyTrail;

/// <summary>What the verification saw.</summary>
/// <param name="Size">Entries in the trail.</param>
/// <param name="Root">Their root, as far as it could be recomputed.</param>
/// <param name="Last">The last checkpoint; null before the first.</param>
/// <param name="Findings">What is wrong, the first bad entry first; empty when nothing is.</param>
internal sealed record TrailReport(
    long Size, byte[] Root, Checkpoint? Last, IReadOnlyList<TrailFinding> Findings)
{
    /// <summary>Entries that no checkpoint covers yet; none where fewer are left than were signed.</summary>
    public long UnsignedTail => Math.Max(0, Size - (Last?.Size ?? 0));
}

/// <summary>
/// Recomputes the whole trail in one snapshot and compares it with every stored node, every checkpoint and the copies
/// of the checkpoints outside the database. The roots of all checkpoints come from one growing tree, so each is
/// consistent with the one before.
/// </summary>
internal sealed class TrailVerifier(AuditDbContext db, TrailVault vault)
{
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        db.Entries.LongCountAsync(cancellationToken);

    public async Task<TrailReport> VerifyAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        // Before the snapshot: a checkpoint is committed first and stored as a file afterwards.
        var files = await vault.ReadNotesAsync(cancellationToken);
        await using var snapshot =
            await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var size = await db.Entries.MaxAsync(entry => (long?)entry.Index + 1, cancellationToken) ?? 0;
        var checkpoints = await db.Checkpoints.AsNoTracking()
            .OrderBy(checkpoint => checkpoint.Size)
            .ToListAsync(cancellationToken);
        if (vault.Key is not { } key)
        {
            return new TrailReport(size, MerkleTree.EmptyRoot, null, size == 0 && checkpoints.Count == 0 && files.Count == 0
                ? []
                : [new TrailFinding(null, null, "the trail's key is missing: no seal and no signature can be checked")]);
        }

        var findings = new List<TrailFinding>();
        var signed = CheckpointCheck.Run(checkpoints, files, key, findings);
        var root = await WalkAsync(size, signed, key, progress, findings, cancellationToken);
        await CheckStrayRowsAsync(size, findings, cancellationToken);
        return new TrailReport(
            size, root, checkpoints.LastOrDefault(), [.. findings.OrderBy(finding => finding.Index ?? long.MaxValue)]);
    }

    private async Task<byte[]> WalkAsync(
        long size,
        SortedDictionary<long, Checkpoint> signed,
        TrailKey key,
        IProgress<long> progress,
        List<TrailFinding> findings,
        CancellationToken cancellationToken)
    {
        var covered = 0L;
        var walk = new TrailWalk(db, key, new CompactRange());
        var finding = await walk.AdvanceAsync(size, Visit, cancellationToken);
        if (finding is not null)
        {
            findings.Add(finding);
        }
        else if (signed.Keys.LastOrDefault() is var last && last > size)
        {
            findings.Add(new TrailFinding(size, null, $"the entries {size} to {last - 1} are missing: they were signed"));
        }

        return walk.Range.Root();

        TrailFinding? Visit(CompactRange tree)
        {
            progress.Report(tree.Size);
            if (!signed.TryGetValue(tree.Size, out var checkpoint))
            {
                return null;
            }

            if (!checkpoint.RootHash.AsSpan().SequenceEqual(tree.Root()))
            {
                return new TrailFinding(
                    covered, null, $"of the entries {covered} to {tree.Size - 1} one is not what checkpoint {tree.Size} signed");
            }

            covered = tree.Size;
            return null;
        }
    }

    private async Task CheckStrayRowsAsync(
        long size, List<TrailFinding> findings, CancellationToken cancellationToken)
    {
        if (await db.Entries.MinAsync(entry => (long?)entry.Index, cancellationToken) is < 0 and var stray)
        {
            findings.Add(new TrailFinding(stray, null, "an entry stands before the first"));
        }

        if (await db.TreeNodes
            .FromSql(
                $"select * from audit.tree_nodes where level not between 1 and 62 or index < 0 or index >= {size} >> level")
            .AsNoTracking()
            .OrderBy(row => row.Level).ThenBy(row => row.Index)
            .FirstOrDefaultAsync(cancellationToken) is { } node)
        {
            findings.Add(new TrailFinding(null, null, $"the tree node {node.Level}/{node.Index} belongs to no entries"));
        }
    }
}
