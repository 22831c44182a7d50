using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Portal.Shared.Actors;

namespace Portal.Host.Identity;

/// <summary>Starts, reads and ends sessions.</summary>
internal sealed class SessionKeeper(HostDbContext db, IMemoryCache cache, TimeProvider clock)
{
    private const int KeyBytes = 32;

    // Writing at every request would make every page of the console a write.
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    /// <summary>Adds a session to the unit of work and answers the key for the cookie.</summary>
    public string Start(Staff staff, Guid? siteId, string? address, string? userAgent)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var now = clock.GetUtcNow();
        db.Sessions.Add(new Session
        {
            Id = Guid.CreateVersion7(now),
            KeyHash = SHA256.HashData(key),
            StaffId = staff.Id,
            SecurityStamp = staff.SecurityStamp!,
            SiteId = siteId,
            Address = address,
            UserAgent = userAgent is { Length: > 300 } ? userAgent[..300] : userAgent,
            CreatedAt = now,
            LastSeenAt = now,
        });
        return Base64Url.EncodeToString(key);
    }

    /// <summary>The session of a cookie's key; null when it has ended, expired or never was.</summary>
    public async Task<SignedIn?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (HashOf(key) is not { } hash)
        {
            return null;
        }

        var row = await (
            from session in db.Sessions
            join staff in db.Staff on session.StaffId equals staff.Id
            join organisation in db.Organisations on staff.OrganisationId equals organisation.Id
            where session.KeyHash == hash && session.EndedAt == null && staff.DisabledAt == null
                && session.SecurityStamp == staff.SecurityStamp
            select new
            {
                session.Id,
                session.SiteId,
                session.CreatedAt,
                session.LastSeenAt,
                StaffId = staff.Id,
                staff.Name,
                Unit = organisation.Name,
                staff.GrantsVersion,
                staff.MustChangePassword,
            }).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (row is null || now - row.LastSeenAt > Session.Idle || now - row.CreatedAt > Session.Absolute)
        {
            return null;
        }

        if (now - row.LastSeenAt >= Touch)
        {
            await db.Sessions.Where(session => session.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        }

        var grants = await GrantsOfAsync(row.StaffId, row.GrantsVersion, cancellationToken);
        return new SignedIn(row.Id, new Actor(row.StaffId, row.Name, row.Unit, grants), row.SiteId, row.MustChangePassword);
    }

    /// <summary>Grants that hold, kept in memory until the account's version of them changes.</summary>
    public async Task<IReadOnlyList<Grant>> GrantsOfAsync(
        Guid staffId, Guid version, CancellationToken cancellationToken) =>
        (await cache.GetOrCreateAsync(("grants", staffId, version), async entry =>
        {
            entry.SlidingExpiration = Session.Idle;
            return await db.StaffGrants.AsNoTracking()
                .Where(grant => grant.StaffId == staffId && grant.Revocation == null)
                .OrderBy(grant => grant.Id)
                .Select(grant => new Grant(grant.Role, grant.SiteId, grant.ChannelId))
                .ToArrayAsync(cancellationToken);
        }))!;

    /// <summary>Ends a session at once.</summary>
    public Task<int> EndAsync(Guid id, Guid byId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.Where(session => session.Id == id && session.EndedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndedById, byId),
                cancellationToken);
    }

    private static byte[]? HashOf(string key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes];
        return key.Length == 43 && Base64Url.TryDecodeFromChars(key, bytes, out var written) && written == KeyBytes
            ? SHA256.HashData(bytes)
            : null;
    }
}
