using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host;
using Portal.Host.Identity;
using Portal.Host.Organisations;
using Portal.Host.Sites;
using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Testing;

/// <summary>A person of a test.</summary>
/// <param name="Id">The account.</param>
/// <param name="UserName">For signing in, with <see cref="PortalHost.Password"/>.</param>
/// <param name="Name">As the registers show it.</param>
/// <param name="Site">The site of the first grant.</param>
public sealed record Person(Guid Id, string UserName, string Name, SiteInfo Site)
{
    /// <summary>As the pipeline sees the person, for tests below HTTP.</summary>
    public required Actor Actor { get; init; }
}

/// <summary>
/// Builders. From the start there are the sites <c>province</c> (portal), below it <c>jyt</c> (department) and
/// <c>yunpu</c> (a city's portal), and <c>lanqiao</c> (a county's portal) below <c>yunpu</c>, all open.
/// </summary>
public sealed class TestData(PortalHost host)
{
    /// <summary>Key of the provincial portal.</summary>
    public const string ProvinceKey = SiteDirectory.ProvinceKey;

    private int _count;

    /// <summary>Makes an account with one role on one site, or on one channel of it.</summary>
    public Task<Person> Staff(Role role, string site = ProvinceKey, Guid? channel = null) =>
        Staff([(role, site, channel)]);

    /// <summary>Makes an account with several roles.</summary>
    public async Task<Person> Staff(params (Role Role, string Site, Guid? Channel)[] roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var number = Interlocked.Increment(ref _count);
        var first = host.Site(roles[0].Site);
        var now = host.Clock.GetUtcNow();
        var staff = new Staff
        {
            Id = Guid.CreateVersion7(now),
            UserName = $"{roles[0].Role.ToString().ToLowerInvariant()}{number}",
            Name = $"测试员{number}",
            OrganisationId = first.OrganisationId,
            CreatedAt = now,
        };
        await host.Use<IServiceProvider>(async services =>
        {
            var db = services.GetRequiredService<HostDbContext>();
            var created = await services.GetRequiredService<UserManager<Staff>>().CreateAsync(staff, PortalHost.Password);
            if (!created.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', created.Errors.Select(error => error.Description)));
            }

            db.StaffGrants.AddRange(roles.Select(grant => new StaffGrant
            {
                Id = Guid.CreateVersion7(now),
                StaffId = staff.Id,
                Role = grant.Role,
                SiteId = host.Site(grant.Site).Id,
                ChannelId = grant.Channel,
                Reason = "test",
                GrantedAt = now,
            }));
            await db.SaveChangesAsync();
        });
        return new Person(staff.Id, staff.UserName, staff.Name, first)
        {
            Actor = new Actor(
                staff.Id, staff.Name, first.OrganisationName,
                [.. roles.Select(grant => new Grant(grant.Role, host.Site(grant.Site).Id, grant.Channel))]),
        };
    }

    /// <summary>Makes an organisation and its open site below <paramref name="parent"/>.</summary>
    public async Task<SiteInfo> Site(
        string key, string parent = ProvinceKey, SiteKind kind = SiteKind.Department, SiteStatus status = SiteStatus.Running)
    {
        await host.Use<HostDbContext>(async db =>
        {
            var above = await db.Sites.SingleAsync(site => site.Key == parent);
            Add(db, key, key + "单位", OrganisationKind.Department, above.OrganisationId, above.Id, kind, status);
            await db.SaveChangesAsync();
        });
        await host.Refresh();
        return host.Site(key);
    }

    internal async Task CreateProvinceAsync()
    {
        await host.Use<HostDbContext>(async db =>
        {
            var province = Add(db, ProvinceKey, "云岭省人民政府", OrganisationKind.Province, null, null, SiteKind.Portal);
            Add(db, "jyt", "云岭省教育厅", OrganisationKind.Department, province.OrganisationId, province.Id, SiteKind.Department);
            var city = Add(
                db, "yunpu", "云浦市人民政府", OrganisationKind.Prefecture, province.OrganisationId, province.Id, SiteKind.Portal,
                region: "990100");
            Add(
                db, "lanqiao", "岚桥区人民政府", OrganisationKind.County, city.OrganisationId, city.Id, SiteKind.Portal,
                region: "990102");
            await db.SaveChangesAsync();
        });
        await host.Refresh();
    }

    private Site Add(
        HostDbContext db,
        string key,
        string name,
        OrganisationKind organisationKind,
        Guid? organisationParent,
        Guid? parent,
        SiteKind kind,
        SiteStatus status = SiteStatus.Running,
        string region = "990000")
    {
        var now = host.Clock.GetUtcNow();
        var number = Interlocked.Increment(ref _count);
        var organisation = new Organisation
        {
            Id = Guid.CreateVersion7(now),
            Key = key,
            ParentId = organisationParent,
            Kind = organisationKind,
            Name = name,
            ShortName = name,
            RegionCode = region,
        };
        var site = new Site
        {
            Id = Guid.CreateVersion7(now),
            Key = key,
            ParentId = parent,
            OrganisationId = organisation.Id,
            Kind = kind,
            Name = name,
            SiteCode = $"{region}{number:0000}",
            IcpNumber = $"云ICP备{number:00000000}号",
            Accent = "#1d4f91",
            Emblem = "emblem.svg",
            Domains = [new SiteDomain { Name = key == ProvinceKey ? "www.yunling.gov.cn" : key + ".yunling.gov.cn", IsPrimary = true }],
        };
        db.Organisations.Add(organisation);
        db.Sites.Add(site);
        db.SiteStatusChanges.Add(site.MoveTo(status, "云政办函〔2026〕1号", "test", null, "test", now));
        return site;
    }
}
