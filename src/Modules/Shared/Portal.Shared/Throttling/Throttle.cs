using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Portal.Shared.Data;

namespace Portal.Shared.Throttling;

/// <summary>What became of a try.</summary>
/// <param name="AgainAt">Null when it is admitted; else when the next will be, if nobody tries before.</param>
public readonly record struct Admission(DateTimeOffset? AgainAt)
{
    /// <summary>The try is not one too many.</summary>
    public bool Granted => AgainAt is null;
}

/// <summary>
/// Limits how often something may be tried, counted in the module's table (<see cref="TryWindowConfiguration"/>) for all
/// hosts together. The window slides: of the window before, that part counts which is less than a window ago. A refused
/// try counts as well, so that whoever keeps trying stays refused. Only hashes are kept.
/// </summary>
/// <remarks>
/// Networks share an address (carriers put thousands of people behind one): limit them widely, and what is the same
/// narrowly. A try joins the transaction that is open; else it stays counted whatever comes after it.
/// </remarks>
/// <typeparam name="TContext">The module's context.</typeparam>
public sealed class Throttle<TContext>(TContext db, TimeProvider clock)
    where TContext : ModuleDbContext
{
    private static string? _count;

    /// <summary>Counts a try, and says whether it is one too many.</summary>
    /// <param name="kind">What is tried: a short word, one for each limit.</param>
    /// <param name="value">Who tries, or with what.</param>
    /// <param name="most">How many tries a window admits.</param>
    /// <param name="window">Always the same for a kind.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="hashBytes">How much of the value's hash is kept: four bytes tell values apart and prove none.</param>
    public async Task<Admission> TakeAsync(
        string kind, string value, int most, TimeSpan window, CancellationToken cancellationToken, int hashBytes = 16)
    {
        var bucket = BucketOf(kind, value, hashBytes);
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % window.Ticks), TimeSpan.Zero);
        var counts = await CountAsync(bucket, start, start - window, cancellationToken);
        return counts.Now + (counts.Before * (1 - ((now - start) / window))) <= most
            ? new Admission(null)
            : new Admission(AgainAt(counts, most, start, window));
    }

    /// <summary>Would a try be admitted? Counts none: for what only failures are counted of.</summary>
    public async Task<Admission> LookAsync(
        string kind, string value, int most, TimeSpan window, CancellationToken cancellationToken, int hashBytes = 16)
    {
        var bucket = BucketOf(kind, value, hashBytes);
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % window.Ticks), TimeSpan.Zero);
        var before = start - window;
        var rows = await db.Set<TryWindow>().AsNoTracking()
            .Where(row => row.Bucket == bucket && (row.StartsAt == start || row.StartsAt == before))
            .ToListAsync(cancellationToken);
        var counts = new Counts(rows.Find(row => row.StartsAt == start)?.Tries ?? 0, rows.Find(row => row.StartsAt == before)?.Tries ?? 0);
        return 1 + counts.Now + (counts.Before * (1 - ((now - start) / window))) <= most
            ? new Admission(null)
            : new Admission(AgainAt(counts, most, start, window));
    }

    /// <summary>Deletes the counts that no window of at most <paramref name="longest"/> looks at any more.</summary>
    public Task<int> SweepAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - (2 * longest);
        return db.Set<TryWindow>().Where(window => window.StartsAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    // By hand: whatever the public sends is counted here first, and a query made of the model costs more than the statement.
    private async Task<Counts> CountAsync(string bucket, DateTimeOffset start, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            // The table is a constant of the module, never input; everything else is a parameter.
            command.CommandText = _count ??= CountIn(db.Model.FindEntityType(typeof(TryWindow))!.GetSchemaQualifiedTableName()!);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = bucket });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = start });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new Counts(reader.GetInt32(0), reader.GetInt32(1));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string CountIn(string table) =>
        $"""
        insert into {table} as counted (bucket, starts_at, tries) values ($1, $2, 1)
        on conflict (bucket, starts_at) do update set tries = counted.tries + 1
        returning tries, coalesce((select earlier.tries from {table} earlier where earlier.bucket = $1 and earlier.starts_at = $3), 0)
        """;

    private static string BucketOf(string kind, string value, int hashBytes) =>
        kind + " " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, hashBytes));

    // The next try counts itself. What is counted already fades evenly, in this window or, when it is full, in the next.
    private static DateTimeOffset AgainAt(Counts counts, int most, DateTimeOffset start, TimeSpan window)
    {
        var (from, fading, room) = counts.Now < most
            ? (start, counts.Before, most - 1 - counts.Now)
            : (start + window, counts.Now, Math.Max(most - 1, 0));
        // A little later, so that no rounding refuses who comes then.
        return from + (window * (1 - ((double)room / fading))) + TimeSpan.FromMilliseconds(1);
    }

    private readonly record struct Counts(int Now, int Before);
}
