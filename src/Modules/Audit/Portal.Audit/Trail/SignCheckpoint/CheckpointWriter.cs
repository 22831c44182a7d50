using Microsoft.EntityFrameworkCore;

namespace Portal.Audit.Trail.SignCheckpoint;

/// <summary>
/// Signs what the trail holds now. It signs nothing that it has not recomputed from the last signed state: a trail
/// that was altered meanwhile gets no new signature.
/// </summary>
internal sealed class CheckpointWriter(AuditDbContext db, TrailVault vault, TimeProvider clock)
{
    // "check": one host signs at a time.
    private const long Lock = 0x636865636b;

    /// <summary>The checkpoint that covers every entry; null for an empty trail.</summary>
    /// <exception cref="InvalidDataException">The trail is not what was signed before.</exception>
    public async Task<Checkpoint?> WriteAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", cancellationToken);
        var last = await db.Checkpoints.AsNoTracking()
            .OrderByDescending(checkpoint => checkpoint.Size)
            .FirstOrDefaultAsync(cancellationToken);
        var newest = vault.NewestSize();
        if (newest > (last?.Size ?? 0))
        {
            throw new InvalidDataException(
                $"A stored checkpoint covers {newest} entries, the database's last one {last?.Size ?? 0}.");
        }

        // A host that stopped between commit and file, or files restored from a little before the database's backup.
        await StoreAsync(newest, cancellationToken);

        var size = await db.Entries.MaxAsync(entry => (long?)entry.Index + 1, cancellationToken) ?? 0;
        if (size == (last?.Size ?? 0))
        {
            return last;
        }

        var checkpoint = Checkpoint.Sign(
            size, await RecomputeAsync(last, size, cancellationToken), clock.GetUtcNow(), last, vault.KeyFor(size));
        db.Checkpoints.Add(checkpoint);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await vault.StoreAsync(checkpoint, cancellationToken);
        return checkpoint;
    }

    private async Task StoreAsync(long newest, CancellationToken cancellationToken)
    {
        var unstored = await db.Checkpoints.AsNoTracking()
            .Where(checkpoint => checkpoint.Size > newest)
            .OrderBy(checkpoint => checkpoint.Size)
            .ToListAsync(cancellationToken);
        foreach (var checkpoint in unstored)
        {
            await vault.StoreAsync(checkpoint, cancellationToken);
        }
    }

    private async Task<byte[]> RecomputeAsync(Checkpoint? last, long size, CancellationToken cancellationToken)
    {
        var key = vault.KeyFor(size);
        var edge = new CompactRange();
        if (last is not null)
        {
            edge = await new TrailTree(db).EdgeAsync(last.Size, cancellationToken);
            if (!Checkpoint.TryOpen(last.Note, key, out var signed, out _)
                || signed.Size != last.Size
                || !edge.Root().AsSpan().SequenceEqual(signed.RootHash))
            {
                throw new InvalidDataException($"The first {last.Size} entries are not those that were signed.");
            }
        }

        var walk = new TrailWalk(db, key, edge);
        return await walk.AdvanceAsync(size, _ => null, cancellationToken) is { } finding
            ? throw new InvalidDataException($"Entry {finding.Index}: {finding.What}.")
            : walk.Range.Root();
    }
}
