using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>公开属性 over HTTP: what of a record the public gets, on every surface that there is.</summary>
public sealed class AccessRightTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private const string Secret = "仅供申请人获取的内容";

    [Fact]
    public async Task What_is_open_on_request_shows_its_metadata_and_the_way_to_ask_and_never_its_text()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var entry = await host.Enter(keeper, Form("on-request", "依申请公开的调查材料"));
        Assert.Equal(EntryState.Listed, entry.State);

        using var visitor = host.Visitor();
        var page = await visitor.Get("/disclosure/records/" + entry.Id);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(entry.IndexNumber, page.Document.QuerySelector(".p-metadata")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("a[href='/disclosure/requests/new']"));
        Assert.Null(page.Document.QuerySelector($"a[href$='{entry.Id}.txt']"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/disclosure/records/{entry.Id}.txt")).Status);
        Assert.Contains(entry.Title, await Titles(visitor, "依申请公开的调查材料"));
        var api = JsonDocument.Parse((await visitor.Get("/api/directory/v1/entries/" + entry.Id)).Text).RootElement;
        Assert.Equal("on-request", api.GetProperty("metadata").GetProperty("openness").GetString());
        Assert.False(api.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String);
        var catalog = (await visitor.Get("/dcat.jsonld")).Text;
        Assert.Contains("RESTRICTED", catalog, StringComparison.Ordinal);
        Assert.DoesNotContain(entry.Id + ".txt", catalog, StringComparison.Ordinal);
        Assert.Contains(entry.Id.ToString(), (await visitor.Get("/oai?verb=ListRecords&metadataPrefix=cngov")).Text, StringComparison.Ordinal);
        foreach (var path in Surfaces(entry))
        {
            Assert.DoesNotContain(Secret, (await visitor.Get(path)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_withheld_is_nowhere_and_staff_of_its_site_alone_see_it()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "jyt"));
        var entry = await host.Enter(keeper, Form("withheld", "不予公开的内部会商记录"));
        Assert.Equal((EntryState.Withheld, 0L), (entry.State, entry.Sequence));
        Assert.False(await host.Read(db => db.Changes.AnyAsync(change => change.EntryId == entry.Id)));

        foreach (var site in new[] { "jyt", TestData.ProvinceKey })
        {
            using var visitor = host.Visitor(site);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/disclosure/records/{entry.Id}.txt")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/api/directory/v1/entries/" + entry.Id)).Status);
            await Nowhere(visitor, entry);
            if (site == TestData.ProvinceKey)
            {
                Assert.Contains(
                    "idDoesNotExist",
                    (await visitor.Get($"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:{entry.Id}")).Text, StringComparison.Ordinal);
            }
        }

        var own = await keeper.Get("/console/disclosure/entries/" + entry.Id);
        Assert.Contains("条目不在任何公开页面和接口中出现", own.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var stranger = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "yunpu"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/console/disclosure/entries/" + entry.Id)).Status);
    }

    [Fact]
    public async Task What_is_withheld_later_leaves_a_tombstone_without_its_title_and_comes_back_when_it_is_open_again()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        const string Title = "原来公开后来不予公开的清单";
        var entry = await host.Enter(keeper, Form("proactive", Title));
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);

        var withheld = await host.Change(keeper, entry, Form("withheld", Title));
        Assert.Equal(EntryState.Withheld, withheld.State);
        var stone = await visitor.Get("/disclosure/records/" + entry.Id);
        Assert.Equal(HttpStatusCode.Gone, stone.Status);
        Assert.Contains(entry.IndexNumber, stone.Text, StringComparison.Ordinal);
        Assert.Contains("经审查，该信息现不予公开。", stone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Title, stone.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.Get($"/disclosure/records/{entry.Id}.txt")).Status);
        var api = await visitor.Get("/api/directory/v1/entries/" + entry.Id);
        Assert.Equal(HttpStatusCode.Gone, api.Status);
        Assert.DoesNotContain(Title, api.Text, StringComparison.Ordinal);
        await Nowhere(visitor, withheld, tombstone: true);
        var change = await host.Read(db => db.Changes.SingleAsync(row => row.EntryId == entry.Id && row.Version == withheld.Version));
        Assert.Equal(ChangeKind.Tombstone, change.Kind);
        Assert.Contains(
            "status=\"deleted\"",
            (await visitor.Get($"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:{entry.Id}")).Text, StringComparison.Ordinal);

        var back = await host.Change(keeper, withheld, Form("proactive", Title));
        Assert.Equal(EntryState.Listed, back.State);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);
    }

    [Theory]
    [InlineData("on-request")]
    [InlineData("withheld")]
    public async Task A_document_of_the_website_is_confirmed_as_open_or_not_at_all(string openness)
    {
        var entry = await host.Entry(await host.Channel("jyt"));
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "jyt"));
        var path = $"/console/disclosure/documents/{entry.DocumentId}";
        var page = await keeper.Get(path);
        var form = new Dictionary<string, string>
        {
            ["Version"] = page.Document.QuerySelector("input[name=Version]")!.GetAttribute("value")!,
            ["FactsHash"] = page.Document.QuerySelector("input[name=FactsHash]")!.GetAttribute("value")!,
            ["openness"] = openness,
            ["withheldGround"] = "涉及会商过程。",
            ["act"] = "confirm",
        };
        var refused = await keeper.Post(path, form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Errors, error => error.StartsWith("公开属性须为“主动公开”", StringComparison.Ordinal));
        Assert.Equal(entry.Version, (await host.EntryOf(entry.DocumentId!.Value)).Version);
        using var visitor = host.Visitor("jyt");
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);
    }

    private static async Task Nowhere(Browser visitor, DirectoryEntry entry, bool tombstone = false)
    {
        Assert.DoesNotContain(entry.Title, await Titles(visitor, entry.Title));
        var index = await visitor.Get("/disclosure/directory?index=" + Uri.EscapeDataString(entry.IndexNumber));
        Assert.Empty(index.Document.QuerySelectorAll(".p-results__title"));
        foreach (var path in Surfaces(entry).Where(path => !path.Contains(entry.Id.ToString(), StringComparison.Ordinal)))
        {
            var text = (await visitor.Get(path)).Text;
            Assert.DoesNotContain(entry.Title, text, StringComparison.Ordinal);
            if (!tombstone || !path.StartsWith("/oai", StringComparison.Ordinal))
            {
                Assert.DoesNotContain(entry.Id.ToString(), text, StringComparison.Ordinal);
            }
        }
    }

    private static string[] Surfaces(DirectoryEntry entry) =>
    [
        "/disclosure", "/disclosure/directory", "/disclosure/feed.xml", "/disclosure/feed.json", "/api/directory/v1/entries",
        "/dcat.jsonld", "/dcat.ttl", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListRecords&metadataPrefix=cngov",
        $"/disclosure/records/{entry.Id}", $"/disclosure/records/{entry.Id}.txt", $"/api/directory/v1/entries/{entry.Id}",
    ];

    private static async Task<List<string>> Titles(Browser visitor, string words) =>
    [
        .. (await visitor.Get("/disclosure/directory?q=" + Uri.EscapeDataString(words))).Document
            .QuerySelectorAll(".p-results__title").Select(title => title.TextContent.Trim()),
    ];

    private static Dictionary<string, string> Form(string openness, string title) => new()
    {
        ["title"] = title,
        ["writtenOn"] = "2026-01-05",
        ["publisher"] = "云岭省人民政府",
        ["subject"] = "0401",
        ["kind"] = "information",
        ["openness"] = openness,
        ["statutoryItem"] = "07",
        ["withheldGround"] = "属于内部事务信息。",
        ["Body"] = Secret + "。",
    };
}
