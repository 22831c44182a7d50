using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Tests.Docking;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>What the province adds to the record of a docked system, and who may not touch whose fields.</summary>
public sealed class OverlayEntryTests(OverlayEntryTests.Host host) : IClassFixture<OverlayEntryTests.Host>
{
    private const string Directory = TestData.ProvinceKey;

    private static readonly Dictionary<string, string> Added = new()
    {
        ["provinceSubject"] = "0401",
        ["provinceRecommendation"] = "top",
        ["provinceNote"] = "全省参照执行。",
        ["OverlayReason"] = "全省推广。",
    };

    [Fact]
    public async Task What_the_province_adds_is_shown_found_and_survives_whatever_the_owner_sends()
    {
        using var partner = await host.Partner(await host.Source());
        var number = host.Number();
        await partner.Push(Directory, "o1", [Partner.Record(number, title: "省级补充的样本")]);
        var entry = await Entry(number);
        var keeper = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var path = $"/console/disclosure/entries/{entry.Id}";
        Assert.Contains("省级补充", (await keeper.Get(path)).Text);
        var saved = await keeper.Post(path + "/overlay", new(Added) { ["Version"] = "1" }, path);
        Assert.True(saved.Status == HttpStatusCode.Redirect, string.Join('\n', saved.Errors));
        await IsShown(entry, "省级补充的样本");

        // The owner's next versions, a withdrawal, a new listing and everything once more from the beginning.
        Assert.Equal(["updated"], (await partner.Push(Directory, "o2", [Partner.Record(number, 2, "省级补充的新样本")])).Results());
        await IsShown(entry, "省级补充的新样本");
        Assert.Equal(["withdrawn"], (await partner.Push(Directory, "o3", [Partner.Tombstone(number, 3)])).Results());
        Assert.False(await host.Read(db => db.Listings.AnyAsync(row => row.EntryId == entry.Id)));
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        Assert.DoesNotContain("全省参照执行", (await visitor.Get("/api/directory/v1/entries/" + entry.Id)).Text);
        Assert.Equal(["updated"], (await partner.Push(Directory, "o4", [Partner.Record(number, 4, "省级补充的新样本")])).Results());
        await IsShown(entry, "省级补充的新样本");
        Assert.Equal(["unchanged"], (await partner.Push(Directory, "o5", [Partner.Record(number, 4, "省级补充的新样本")])).Results());
        await IsShown(entry, "省级补充的新样本");

        // The owner's fields are what the owner sent.
        var now = await Entry(number);
        Assert.Equal("1102", now.Metadata.One("subject"));
        Assert.False(now.Metadata.Has("provinceNote"));
        var told = (await host.Read(db => db.Outbox.AsNoTracking().Select(row => row.Payload).ToListAsync()))
            .Single(payload => payload.Contains("disclosure.entry.overlaid", StringComparison.Ordinal));
        Assert.Equal("全省推广。", JsonDocument.Parse(told).RootElement.GetProperty("opinion").GetString());

        // Without values it is as if nothing had ever been added.
        var clear = await keeper.Post(path + "/overlay", new() { ["Version"] = now.Version.ToString(CultureInfo.InvariantCulture), ["OverlayReason"] = "不再推荐。" }, path);
        Assert.Equal(HttpStatusCode.Redirect, clear.Status);
        Assert.Null((await Entry(number)).Overlay);
        Assert.False(await host.Read(db => db.Listings.AnyAsync(row => row.EntryId == entry.Id && row.OverlaySubject != null)));
    }

    [Fact]
    public async Task A_system_cannot_write_the_fields_of_the_province_and_a_city_cannot_either()
    {
        using var partner = await host.Partner(await host.Source("yunpu"));
        var (good, bad) = (host.Number(), host.Number());
        var record = Partner.Record(bad);
        record["metadata"]!["provinceNote"] = "自称全省推荐。";
        var answer = await partner.Push("yunpu", "o1", [Partner.Record(good), record]);
        Assert.Equal(["added", "rejected"], answer.Results());
        Assert.Equal(
            "items[1].metadata.provinceNote",
            answer.Json().GetProperty("items")[1].GetProperty("errors")[0].GetProperty("field").GetString());

        var entry = await Entry(good);
        var city = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "yunpu"));
        var path = $"/console/disclosure/entries/{entry.Id}";
        var page = await city.Get(path);
        Assert.DoesNotContain("provinceNote", page.Text);
        var refused = await city.Post(path + "/overlay", new(Added) { ["Version"] = "1" }, path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Null((await Entry(good)).Overlay);
    }

    [Fact]
    public async Task It_takes_a_reason_a_code_of_the_list_and_a_docked_record()
    {
        using var partner = await host.Partner(await host.Source());
        var number = host.Number();
        await partner.Push(Directory, "o1", [Partner.Record(number)]);
        var entry = await Entry(number);
        var keeper = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var path = $"/console/disclosure/entries/{entry.Id}";
        var refused = await keeper.Post(
            path + "/overlay",
            new(Added) { ["Version"] = "1", ["provinceSubject"] = "99999", ["OverlayReason"] = "", ["provinceNote"] = new string('长', 301) }, path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(3, refused.Errors.Count);
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.Post(path + "/overlay", new(Added) { ["Version"] = "7" }, path)).Status);

        var own = await host.Entry(await host.Channel("jyt"));
        var other = $"/console/disclosure/entries/{own.Id}";
        Assert.DoesNotContain("provinceNote", (await keeper.Get(other)).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.Post(other + "/overlay", new(Added) { ["Version"] = "1" }, other)).Status);
    }

    private async Task IsShown(DirectoryEntry entry, string title)
    {
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        var record = await visitor.Get("/disclosure/records/" + entry.Id);
        Assert.Contains("省级补充", record.Text);
        Assert.Contains("全省参照执行。", record.Text);
        var json = (await visitor.Get("/api/directory/v1/entries/" + entry.Id)).Json();
        Assert.Equal("全省参照执行。", json.GetProperty("overlay").GetProperty("provinceNote").GetString());
        // Under the class that the province gave it, under the owner's, and on top of the province's directory.
        foreach (var query in new[] { "subject=0401", "subject=04", "subject=1102", "subject=11", "q=省级补充&subject=0401" })
        {
            var page = await visitor.Get("/disclosure/directory?" + query);
            Assert.Contains(page.Document.QuerySelectorAll("main .p-results__title"), line => line.TextContent == title);
        }

        var front = await visitor.Get("/disclosure/directory");
        Assert.Equal(title, front.Document.QuerySelector("#recommended")!.ParentElement!.QuerySelector(".p-results__title")!.TextContent);
    }

    private Task<DirectoryEntry> Entry(string number) =>
        host.Read(db => db.Entries.AsNoTracking().SingleAsync(entry => entry.IndexNumber == number));

    /// <summary>Within the process: the sites below the province have names that not every machine resolves.</summary>
    public sealed class Host : DockingHost
    {
        protected override bool Kestrel => false;
    }
}
