using Microsoft.EntityFrameworkCore;
using Portal.Host.Organisations;
using Portal.Host.Sites;
using Portal.Shared.Sites;

namespace Portal.Host.Commands;

/// <summary>The provincial government and its portal: what the console itself needs before it can add anything.</summary>
internal static class FirstProvince
{
    public static async Task AddAsync(
        IServiceProvider services,
        string? name,
        string? shortName,
        string? region,
        string? domain,
        Action<string> report,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(shortName))
        {
            throw new CommandException("Give --name, --short-name, --region and --domain, or --demo.");
        }

        if (region is not { Length: 6 } || !region.All(char.IsAsciiDigit))
        {
            throw new CommandException("--region takes six digits.");
        }

        if (domain is null || !SiteRules.IsPrimaryDomain(domain, SiteKind.Portal))
        {
            throw new CommandException("--domain takes a portal's domain: www.name.gov.cn (G-10).");
        }

        var db = services.GetRequiredService<HostDbContext>();
        if (await db.Sites.AnyAsync(site => site.Key == SiteDirectory.ProvinceKey, cancellationToken))
        {
            report("The provincial portal is there already; nothing was changed.");
            return;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var organisation = new Organisation
        {
            Id = Guid.CreateVersion7(now),
            Key = SiteDirectory.ProvinceKey,
            Kind = OrganisationKind.Province,
            Name = name.Trim(),
            ShortName = shortName.Trim(),
            RegionCode = region,
        };
        db.Organisations.Add(organisation);
        db.Sites.Add(new Site
        {
            Id = Guid.CreateVersion7(now),
            Key = SiteDirectory.ProvinceKey,
            OrganisationId = organisation.Id,
            Kind = SiteKind.Portal,
            Name = organisation.Name,
            Accent = SiteRules.Palette[0],
            Emblem = SiteRules.Emblems[1],
            Domains = [new SiteDomain { Name = domain, IsPrimary = true }],
        });
        await db.SaveChangesAsync(cancellationToken);
        report($"Added {organisation.Name} (key {organisation.Key}) and its portal, planned. Next: portal admin create.");
    }
}
