using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Host.Organisations;
using Portal.Host.Sites;
using Portal.Host.Web;
using Portal.Shared.Commands;
using Portal.Shared.Sites;

namespace Portal.Host.Commands;

/// <summary>Organisations, sites and people of the demo.</summary>
internal sealed class DemoProvince(
    HostDbContext db, UserManager<Staff> users, IConfiguration configuration, IStringLocalizer<HostText> text,
    TimeProvider clock) : IDemoSeed
{
    private const string Document = "云政办函〔2026〕1号";

    public int Order => 0;

    public async Task SeedAsync(Demo demo, CancellationToken cancellationToken)
    {
        var organisations = await AddOrganisationsAsync(demo, cancellationToken);
        var sites = await AddSitesAsync(demo, organisations, cancellationToken);
        await AddStaffAsync(demo, organisations, sites, cancellationToken);
    }

    private async Task<Dictionary<string, Organisation>> AddOrganisationsAsync(
        Demo demo, CancellationToken cancellationToken)
    {
        var known = await db.Organisations.ToDictionaryAsync(row => row.Key, cancellationToken);
        var before = known.Count;
        foreach (var planned in await DemoFiles.ReadAsync<DemoOrganisation>(
            demo.Folder, "organisations.json", cancellationToken))
        {
            if (!known.ContainsKey(planned.Key))
            {
                known[planned.Key] = new Organisation
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    Key = planned.Key,
                    ParentId = planned.Parent is null ? null : known[planned.Parent].Id,
                    Kind = planned.Kind,
                    Name = planned.Name,
                    ShortName = planned.ShortName,
                    RegionCode = planned.RegionCode,
                    CreditCode = planned.CreditCode,
                    Address = planned.Address,
                    Phone = planned.Phone,
                };
                db.Organisations.Add(known[planned.Key]);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        demo.Report($"Host: {known.Count - before} organisations");
        return known;
    }

    private async Task<Dictionary<string, Site>> AddSitesAsync(
        Demo demo, Dictionary<string, Organisation> organisations, CancellationToken cancellationToken)
    {
        var known = await db.Sites.ToDictionaryAsync(row => row.Key, cancellationToken);
        var before = known.Count;
        foreach (var planned in await DemoFiles.ReadAsync<DemoSite>(demo.Folder, "sites.json", cancellationToken))
        {
            if (!known.ContainsKey(planned.Key))
            {
                var site = known[planned.Key] = Make(planned, organisations, known);
                db.Sites.Add(site);
                // The steps before a site goes live (G-05), each on record, a week apart.
                foreach (var (status, weeks) in (ReadOnlySpan<(SiteStatus, int)>)
                    [(SiteStatus.AwaitingApproval, 3), (SiteStatus.AwaitingFiling, 2), (SiteStatus.Running, 1)])
                {
                    var at = clock.GetUtcNow().AddDays(-7 * weeks);
                    db.SiteStatusChanges.Add(
                        site.MoveTo(status, Document, text["Demo.Reason"], null, text["Demo.By"], at));
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        demo.Report($"Host: {known.Count - before} sites");
        return known;
    }

    private Site Make(DemoSite planned, Dictionary<string, Organisation> organisations, Dictionary<string, Site> known) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Key = planned.Key,
            ParentId = planned.Parent is null ? null : known[planned.Parent].Id,
            OrganisationId = organisations[planned.Organisation].Id,
            Kind = planned.Kind,
            Name = planned.Name,
            SiteCode = planned.SiteCode,
            IcpNumber = planned.Icp,
            PoliceNumber = planned.Police,
            Phone = planned.Phone,
            Email = planned.Email,
            Address = planned.Address,
            Accent = planned.Accent,
            Emblem = planned.Emblem,
            Languages = [.. planned.Languages],
            ApprovalNumber = Document,
            ApprovalAuthority = organisations.Values.First(row => row.ParentId is null).Name,
            ApprovedOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            Domains = [.. planned.Domains.Select(domain =>
                new SiteDomain { Name = domain.Name, IsPrimary = domain.Primary })],
        };

    private async Task AddStaffAsync(
        Demo demo,
        Dictionary<string, Organisation> organisations,
        Dictionary<string, Site> sites,
        CancellationToken cancellationToken)
    {
        var planned = await DemoFiles.ReadAsync<DemoStaff>(demo.Folder, "staff.json", cancellationToken);
        var known = await db.Staff.Select(staff => staff.UserName!).ToHashSetAsync(cancellationToken);
        var missing = planned.Where(person => !known.Contains(person.UserName)).ToList();
        // One password for the whole demo, made here, so that no installation shares it with another.
        var password = Passwords.Generate();
        foreach (var person in missing)
        {
            await AddAsync(person, password, organisations, sites);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (missing.Count > 0)
        {
            await WriteSignInsAsync(missing, password, sites, cancellationToken);
        }

        demo.Report($"Host: {missing.Count} staff accounts");
    }

    private async Task AddAsync(
        DemoStaff person, string password, Dictionary<string, Organisation> organisations, Dictionary<string, Site> sites)
    {
        var now = clock.GetUtcNow();
        var staff = new Staff
        {
            Id = Guid.CreateVersion7(now),
            UserName = person.UserName,
            Name = person.Name,
            Title = person.Title,
            OrganisationId = organisations[person.Organisation].Id,
            CreatedAt = now,
        };
        var created = await users.CreateAsync(staff, password);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', created.Errors.Select(error => error.Description)));
        }

        // Roles on a channel follow when the channels are there (DemoChannelGrants).
        db.StaffGrants.AddRange(person.Grants.Where(grant => grant.Channel is null).Select(grant => new StaffGrant
        {
            Id = Guid.CreateVersion7(now),
            StaffId = staff.Id,
            Role = grant.Role,
            SiteId = sites[grant.Site].Id,
            Reason = text["Demo.Reason"],
            GrantedAt = now,
        }));
    }

    private async Task WriteSignInsAsync(
        List<DemoStaff> people, string password, Dictionary<string, Site> sites, CancellationToken cancellationToken)
    {
        var path = Path.Combine(DataPath.Of(configuration), "demo-sign-ins.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lines = people.Select(person =>
        {
            var roles = person.Grants.GroupBy(grant => grant.Role)
                .Select(group =>
                    $"{text["Role." + group.Key]} ({string.Join(' ', group.Select(grant => sites[grant.Site].Key))})");
            return $"{person.UserName,-12} {string.Join(", ", roles)}";
        });
        await File.WriteAllLinesAsync(path, [$"Password of everybody: {password}", "", .. lines], cancellationToken);
    }
}
