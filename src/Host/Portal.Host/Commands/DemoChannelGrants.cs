using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Publishing.Contracts;
using Portal.Shared.Commands;
using Portal.Shared.Sites;

namespace Portal.Host.Commands;

/// <summary>Roles of the demo's people on channels, once Publishing has its channels.</summary>
internal sealed class DemoChannelGrants(
    HostDbContext db, ISites sites, ISender sender, IStringLocalizer<HostText> text, TimeProvider clock) : IDemoSeed
{
    public int Order => 200;

    public async Task SeedAsync(Demo demo, CancellationToken cancellationToken)
    {
        var planned = await DemoFiles.ReadAsync<DemoStaff>(demo.Folder, "staff.json", cancellationToken);
        var staff = await db.Staff.ToDictionaryAsync(row => row.UserName!, cancellationToken);
        var known = await db.StaffGrants.Where(grant => grant.ChannelId != null)
            .Select(grant => new { grant.StaffId, grant.ChannelId })
            .ToListAsync(cancellationToken);
        var added = 0;
        foreach (var (person, grant) in planned.SelectMany(person => person.Grants
            .Where(grant => grant.Channel is not null).Select(grant => (person, grant))))
        {
            var site = sites.ByKey(grant.Site)!;
            var channel = (await sender.Send(new GetChannels(site.Id), cancellationToken))
                .FirstOrDefault(row => row.Path == grant.Channel);
            var account = staff[person.UserName];
            if (channel is null || known.Any(row => row.StaffId == account.Id && row.ChannelId == channel.Id))
            {
                continue;
            }

            var now = clock.GetUtcNow();
            db.StaffGrants.Add(new StaffGrant
            {
                Id = Guid.CreateVersion7(now),
                StaffId = account.Id,
                Role = grant.Role,
                SiteId = site.Id,
                ChannelId = channel.Id,
                ChannelName = channel.Name,
                Reason = text["Demo.Reason"],
                GrantedAt = now,
            });
            account.GrantsVersion = Guid.CreateVersion7(now);
            added++;
        }

        await db.SaveChangesAsync(cancellationToken);
        demo.Report($"Host: {added} roles on channels");
    }
}
