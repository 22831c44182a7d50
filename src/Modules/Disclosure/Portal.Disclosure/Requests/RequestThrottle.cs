using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Requests;

/// <summary>How often something was tried within one window.</summary>
internal sealed class RequestWindow
{
    public required string Bucket { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public int Tries { get; init; }
}

internal sealed class RequestWindowConfiguration : IEntityTypeConfiguration<RequestWindow>
{
    public void Configure(EntityTypeBuilder<RequestWindow> builder)
    {
        builder.ToTable("request_windows");
        builder.HasKey(window => new { window.Bucket, window.StartsAt });
        builder.HasIndex(window => window.StartsAt).HasDatabaseName("ix_request_windows_starts_at");
        builder.Property(window => window.Bucket).HasMaxLength(80);
    }
}

/// <summary>
/// Limits what the public does, counted in the database for all hosts together. Networks share an address (carriers put
/// thousands of people behind one), so that their limit is wide and the one on equal content is narrow. Only hashes are kept.
/// </summary>
internal sealed class RequestThrottle(DisclosureDbContext db, TimeProvider clock)
{
    private const int HashBytes = 16;

    /// <summary>Counts a try; false when it is one too many.</summary>
    public async Task<bool> TakeAsync(
        string kind, string value, int most, TimeSpan window, CancellationToken cancellationToken)
    {
        var bucket = kind + " " + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, HashBytes));
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % window.Ticks), TimeSpan.Zero);
        var before = start - window;
        var counts = await db.Database.SqlQuery<WindowCount>(
            $"""
            insert into disclosure.request_windows (bucket, starts_at, tries) values ({bucket}, {start}, 1)
            on conflict (bucket, starts_at) do update set tries = request_windows.tries + 1
            returning tries as "Now", coalesce((select earlier.tries from disclosure.request_windows earlier
              where earlier.bucket = {bucket} and earlier.starts_at = {before}), 0) as "Before"
            """).ToListAsync(cancellationToken);
        return counts[0].Now + (counts[0].Before * (1 - ((now - start) / window))) <= most;
    }

    private sealed record WindowCount(int Now, int Before);
}
