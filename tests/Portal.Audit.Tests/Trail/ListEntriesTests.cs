using System.Net;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class ListEntriesTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task An_auditor_sees_the_entries_of_the_sites_in_scope_and_no_other()
    {
        var (city, department, none) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.SealAsync(
            host.Edition("submitted", city, "lanqiao"),
            host.Edition("submitted", department, "jyt"),
            host.Edition("submitted", none) with { SiteId = null });

        var ofCity = await Page(await host.Data.Staff(Role.Auditor, "yunpu"), "/console/audit/entries");
        Assert.Contains(city.ToString("N"), ofCity, StringComparison.Ordinal);
        Assert.DoesNotContain(department.ToString("N"), ofCity, StringComparison.Ordinal);
        Assert.DoesNotContain(none.ToString("N"), ofCity, StringComparison.Ordinal);

        var ofProvince = await Page(await host.Data.Staff(Role.Auditor), "/console/audit/entries");
        Assert.All([city, department, none], id => Assert.Contains(id.ToString("N"), ofProvince, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_sites_entry_and_history_do_not_exist()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(host.Edition("submitted", edition, "jyt"));
        var index = await host.Use<AuditDbContext, long>(db => Task.FromResult(
            db.Entries.Single(entry => entry.ObjectId == edition.ToString()).Index));
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor, "yunpu"));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/console/audit/entries/{index}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/console/audit/objects/edition/{edition}")).Status);
        var own = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "jyt"));
        Assert.Equal(HttpStatusCode.OK, (await own.Get($"/console/audit/entries/{index}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await own.Get($"/console/audit/objects/edition/{edition}")).Status);
    }

    [Theory]
    [InlineData("/console/audit/entries")]
    [InlineData("/console/audit/entries/0")]
    [InlineData("/console/audit/objects/site/x")]
    [InlineData("/console/audit/register")]
    public async Task Who_may_not_read_the_trail_is_refused(string path)
    {
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));

        Assert.Equal(HttpStatusCode.Forbidden, (await author.Get(path)).Status);
        Assert.StartsWith(
            "/console/sign-in", (await host.Visitor().Get(path)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_narrow_and_bad_ones_do_no_harm()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(
            host.Edition("returned", edition) with { ActorName = "只此一人" },
            host.Edition("submitted", edition));
        var auditor = await host.Data.Staff(Role.Auditor);

        Assert.Equal(1, await Rows(auditor, "actor=只此一人"));
        Assert.Equal(2, await Rows(auditor, $"object={edition:N}"));
        Assert.Equal(1, await Rows(auditor, $"object={edition}&action=publishing.edition.returned"));
        Assert.Equal(2, await Rows(auditor, $"object={edition}&action=publishing."));
        Assert.Equal(0, await Rows(auditor, $"object={edition}&to=2001-01-01"));
        Assert.Equal(2, await Rows(auditor, $"object={edition}&from=2001-01-01&site={host.Site("province").Id}"));
        Assert.Equal(0, await Rows(auditor, $"object={edition}&site={host.Site("jyt").Id}"));
        Assert.Equal(2, await Rows(auditor, $"object={edition}&from=nonsense&to=9999-99-99&site=x&before=abc"));
        Assert.Equal(0, await Rows(auditor, "object=100%25_%27--"));
    }

    [Fact]
    public async Task Pages_lead_back_and_forth()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync([.. Enumerable.Range(0, 120).Select(_ => host.Edition("edited", edition))]);
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var first = await browser.Get($"/console/audit/entries?object={edition}");
        var second = await browser.Get(Link(first, "next")!);
        var third = await browser.Get(Link(second, "next")!);

        Assert.Null(Link(first, "prev"));
        Assert.Null(Link(third, "next"));
        Assert.Equal([50, 50, 20], new[] { first, second, third }.Select(page => Indexes(page).Count));
        Assert.Equal(120, new[] { first, second, third }.SelectMany(Indexes).Distinct().Count());
        Assert.Equal(Indexes(second), Indexes(await browser.Get(Link(third, "prev")!)));
        Assert.Equal(Indexes(first), Indexes(await browser.Get(Link(second, "prev")!)));
    }

    [Fact]
    public async Task Titles_are_text()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(host.Edition("submitted", edition) with { ObjectTitle = $"<script>{edition:N}</script>" });

        var page = await Page(await host.Data.Staff(Role.Auditor), "/console/audit/entries");

        Assert.DoesNotContain($"<script>{edition:N}", page, StringComparison.Ordinal);
        Assert.Contains($"&lt;script&gt;{edition:N}", page, StringComparison.Ordinal);
    }

    private static string? Link(Answer page, string rel) =>
        page.Document.QuerySelector($"a[rel={rel}]")?.GetAttribute("href");

    private static List<string> Indexes(Answer page) =>
        [.. page.Document.QuerySelectorAll("tbody tr td:first-child").Select(cell => cell.TextContent)];

    private async Task<int> Rows(Person person, string query)
    {
        var answer = await (await host.SignInAs(person)).Get("/console/audit/entries?" + query);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return Indexes(answer).Count;
    }

    private async Task<string> Page(Person person, string path)
    {
        var answer = await (await host.SignInAs(person)).Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Text;
    }
}
