using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Organisations;
using Portal.Host.Sites;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Testing;

namespace Portal.Host.Tests.Sites;

public sealed class SiteTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_site_is_opened_with_its_approval_and_answers_on_its_domain()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var unit = await Organisation("云岭省水利厅");

        var answer = await admin.Post("/console/sites/new", Form("slt", unit));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(SiteStatus.Planned, host.Site("slt").Status);
        Assert.Equal("slt.yunling.gov.cn", host.Site("slt").PrimaryDomain);
    }

    [Fact]
    public async Task A_department_keeps_one_site_unless_a_document_allows_more()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var unit = host.Site("jyt").OrganisationId;

        var second = await admin.Post("/console/sites/new", Form("jyt2", unit));
        var excepted = await admin.Post(
            "/console/sites/new", new(Form("jyt3", unit)) { ["ExceptionNumber"] = "云政办函〔2026〕9号" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Contains(second.Errors, error => error.Contains("一个单位原则上只保留一个网站", StringComparison.Ordinal));
        Assert.Equal("jyt2", second.Document.QuerySelector("#Key")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.SeeOther, excepted.Status);
    }

    [Theory]
    [InlineData("Domains", "slt.yunling.com", "gov.cn")]
    [InlineData("Domains", "www.yunling2.gov.cn", "部门.政府.gov.cn")]
    [InlineData("Domains", "jyt.yunling.gov.cn", "其他网站")]
    [InlineData("SiteCode", "1234567890", "990000")]
    [InlineData("SiteCode", "99000000AB", "990000")]
    [InlineData("Accent", "#ffff00", "4.5")]
    [InlineData("Key", "Bad Key", "代号")]
    [InlineData("ApprovalNumber", "", "批准文号")]
    [InlineData("ApprovedOn", "2999-01-01", "今天")]
    public async Task What_breaks_a_rule_is_refused_at_its_field(string field, string value, string why)
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var unit = await Organisation("单位" + Guid.CreateVersion7().ToString("N")[^8..]);

        var answer = await admin.Post(
            "/console/sites/new", new(Form("s" + Guid.CreateVersion7().ToString("N")[^10..], unit)) { [field] = value });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Errors, error => error.Contains(why, StringComparison.Ordinal));
        Assert.NotNull(answer.Document.QuerySelector($"#{field}-error"));
    }

    [Fact]
    public void Every_colour_of_the_palette_passes_on_white() =>
        Assert.All(SiteRules.Palette, colour => Assert.True(SiteRules.ContrastWithWhite(colour) >= 4.5, colour));

    [Fact]
    public async Task The_form_shows_every_colour_and_the_region_a_code_begins_with()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var page = await browser.Get($"/console/sites/{host.Site("jyt").Id}");

        var shown = page.Document.QuerySelectorAll(".c-swatches rect").Select(swatch => swatch.GetAttribute("fill")!);
        Assert.Equal(SiteRules.Palette, shown);
        Assert.Contains("990000", page.Document.QuerySelector("#SiteCode-hint")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_goes_live_only_with_its_code()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var site = await host.Data.Site("nocode", status: SiteStatus.AwaitingFiling);
        await host.Use<HostDbContext>(db => db.Sites.Where(row => row.Id == site.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SiteCode, (string?)null)));

        var answer = await Move(admin, site, SiteStatus.Running);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Errors, error => error.Contains("没有政府网站标识码", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_site_is_closed_thirty_days_after_its_notice_and_every_step_is_on_record()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var site = await host.Data.Site("closing");
        Assert.Equal(HttpStatusCode.SeeOther, (await Move(admin, site, SiteStatus.Closing)).Status);

        var early = await Move(admin, site, SiteStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(30));
        var again = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var due = await Move(again, site, SiteStatus.Closed);

        Assert.Contains(early.Errors, error => error.Contains("公告30日", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, due.Status);
        Assert.Equal(
            [SiteStatus.Running, SiteStatus.Closing, SiteStatus.Closed],
            await host.Use<HostDbContext, List<SiteStatus>>(db => db.SiteStatusChanges
                .Where(change => change.SiteId == site.Id).OrderBy(change => change.Id)
                .Select(change => change.To).ToListAsync()));
    }

    [Fact]
    public async Task A_site_is_suspended_once_a_year()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var site = await host.Data.Site("suspended");
        await Move(admin, site, SiteStatus.Suspended);
        await Move(admin, site, SiteStatus.Running);

        var second = await Move(admin, site, SiteStatus.Suspended);

        Assert.Contains(second.Errors, error => error.Contains("每年不超过1次", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_shows_at_once_and_a_stale_one_is_a_conflict_that_keeps_the_text()
    {
        var site = await host.Data.Site("edited");
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "edited"));
        var page = await browser.Get($"/console/sites/{site.Id}");
        var form = Fields(page);

        var saved = await browser.PostRaw($"/console/sites/{site.Id}", new Dictionary<string, string>(form) { ["Phone"] = "0000-111" });
        var stale = await browser.PostRaw($"/console/sites/{site.Id}", new Dictionary<string, string>(form) { ["Phone"] = "0000-222" });

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal("0000-111", host.Site("edited").Phone);
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("0000-222", stale.Document.QuerySelector("#Phone")!.GetAttribute("value"));
        var insisted = await browser.PostRaw($"/console/sites/{site.Id}", Fields(stale));
        Assert.Equal(HttpStatusCode.SeeOther, insisted.Status);
        Assert.Equal("0000-222", host.Site("edited").Phone);
    }

    [Theory]
    [InlineData("province", HttpStatusCode.NotFound)]
    [InlineData("jyt", HttpStatusCode.NotFound)]
    [InlineData("yunpu", HttpStatusCode.OK)]
    [InlineData("lanqiao", HttpStatusCode.OK)]
    public async Task Another_sites_page_does_not_exist(string key, HttpStatusCode expected)
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "yunpu"));

        var answer = await browser.Get($"/console/sites/{host.Site(key).Id}");

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task The_console_works_on_the_site_of_the_session_and_never_on_a_foreign_one()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "yunpu"));

        var mine = await browser.Post("/console/current-site", new() { ["SiteId"] = host.Site("lanqiao").Id.ToString() }, "/console");
        var name = (await browser.Get("/console/settings")).Document.QuerySelector(".c-switcher summary")!.TextContent;
        var foreign = await browser.Post("/console/current-site", new() { ["SiteId"] = host.Site("jyt").Id.ToString() }, "/console");

        Assert.Equal(HttpStatusCode.SeeOther, mine.Status);
        Assert.Contains(host.Site("lanqiao").Name, name, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
    }

    private static Dictionary<string, string> Fields(Answer page) =>
        page.Document.QuerySelector("main form")!.QuerySelectorAll("input[name], textarea[name], select[name]")
            .ToDictionary(
                field => field.GetAttribute("name")!,
                field => field switch
                {
                    AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
                    AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
                    _ => field.GetAttribute("value") ?? "",
                });

    private static Task<Answer> Move(Browser browser, SiteInfo site, SiteStatus to) =>
        browser.Post(
            $"/console/sites/{site.Id}/status",
            new() { ["To"] = to.ToString(), ["DocumentNumber"] = "云政办函〔2026〕8号", ["Reason"] = "测试" },
            $"/console/sites/{site.Id}");

    private Dictionary<string, string> Form(string key, Guid unit) => new()
    {
        ["Key"] = key,
        ["OrganisationId"] = unit.ToString(),
        ["ParentId"] = host.Site("province").Id.ToString(),
        ["Kind"] = "Department",
        ["ApprovalNumber"] = "云政办函〔2026〕7号",
        ["ApprovalAuthority"] = "云岭省人民政府办公厅",
        ["ApprovedOn"] = "2026-01-05",
        ["Name"] = "云岭省某厅",
        ["Domains"] = key + ".yunling.gov.cn",
        ["Accent"] = "#1d4f91",
        ["Emblem"] = "emblem.svg",
    };

    private Task<Guid> Organisation(string name) => host.Use<HostDbContext, Guid>(async db =>
    {
        var organisation = new Organisation
        {
            Id = Guid.CreateVersion7(),
            Key = "o" + Guid.CreateVersion7().ToString("N")[^12..],
            ParentId = host.Site("province").OrganisationId,
            Kind = OrganisationKind.Department,
            Name = name,
            ShortName = name,
            RegionCode = "990000",
        };
        db.Organisations.Add(organisation);
        await db.SaveChangesAsync();
        return organisation.Id;
    });
}
