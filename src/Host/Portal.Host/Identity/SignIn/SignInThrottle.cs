using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Web;

namespace Portal.Host.Identity.SignIn;

/// <summary>Tries to sign in with one name or from one address within one minute.</summary>
internal sealed class SignInWindow
{
    public required string Bucket { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public int Tries { get; init; }
}

internal sealed class SignInWindowConfiguration : IEntityTypeConfiguration<SignInWindow>
{
    public void Configure(EntityTypeBuilder<SignInWindow> builder)
    {
        builder.ToTable("sign_in_windows");
        builder.HasKey(window => new { window.Bucket, window.StartsAt });
        builder.Property(window => window.Bucket).HasMaxLength(60);
    }
}

/// <summary>
/// Limits tries to sign in, counted in the database for all hosts together: by name, against many addresses at one
/// account, and by address, against many accounts from one place. The window slides: of the minute before, that part
/// counts which is less than a minute ago.
/// </summary>
internal sealed class SignInThrottle(
    HostDbContext db, ILookupNormalizer normalizer, IConfiguration configuration, TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public const int AddressDefault = 30;
    private const int NameDefault = 12;

    // Too short to prove what was typed: a name that is nobody's may be a password in the wrong box.
    private const int NameBytes = 4;

    private readonly int _perAddress = configuration.GetValue("Portal:SignInsPerMinute", AddressDefault);
    private readonly int _perName = configuration.GetValue("Portal:SignInsPerNameAndMinute", NameDefault);

    /// <summary>Counts a try; false when it is one too many.</summary>
    public async Task<bool> TakeAsync(IPAddress? address, string? name, CancellationToken cancellationToken) =>
        await TakeAsync("address " + NetworkBlock.Of(address), _perAddress, cancellationToken)
        && (string.IsNullOrWhiteSpace(name) || await TakeAsync("name " + HashOf(name), _perName, cancellationToken));

    private string HashOf(string name) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(normalizer.NormalizeName(name.Trim()))).AsSpan(0, NameBytes));

    private async Task<bool> TakeAsync(string bucket, int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Window.Ticks), TimeSpan.Zero);
        var before = start - Window;
        var counts = await db.Database.SqlQuery<SignInCount>(
            $"""
            insert into host.sign_in_windows (bucket, starts_at, tries) values ({bucket}, {start}, 1)
            on conflict (bucket, starts_at) do update set tries = sign_in_windows.tries + 1
            returning tries as "Now", coalesce((select earlier.tries from host.sign_in_windows earlier
              where earlier.bucket = {bucket} and earlier.starts_at = {before}), 0) as "Before"
            """).ToListAsync(cancellationToken);
        return counts[0].Now + (counts[0].Before * (1 - ((now - start) / Window))) <= most;
    }

    private sealed record SignInCount(int Now, int Before);
}
