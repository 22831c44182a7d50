using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>Entries that staff enter, change, withdraw and list again, through the forms that they use.</summary>
public sealed class EnterEntryTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private static readonly Dictionary<string, string> Form = new()
    {
        ["title"] = "云岭省2026年省级财政预算",
        ["writtenOn"] = "2026-01-05",
        ["publisher"] = "云岭省人民政府",
        ["subject"] = "0401",
        ["kind"] = "information",
        ["openness"] = "proactive",
        ["statutoryItem"] = "07",
        ["Body"] = "预算说明。\n第二段。",
    };

    [Fact]
    public async Task An_entry_is_made_changed_withdrawn_and_listed_again_and_each_step_is_a_decision()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var entry = await host.Enter(keeper, Form);
        var (id, path) = (entry.Id, "/console/disclosure/entries/" + entry.Id);
        using var visitor = host.Visitor();
        var shown = await visitor.Get("/disclosure/records/" + id);
        Assert.Contains("第二段。", shown.Document.QuerySelector(".p-body")!.TextContent, StringComparison.Ordinal);

        await host.Change(keeper, entry, new(Form) { ["title"] = "云岭省2026年省级预算" });
        var stale = await keeper.Post(path, new(Form) { ["Version"] = "1" });
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);

        var unexplained = await keeper.Post(path + "/withdrawal", new() { ["Version"] = "2", ["Reason"] = " " }, path);
        Assert.Equal(["请填写原因。"], unexplained.Errors);
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.Post(path + "/withdrawal", new() { ["Version"] = "2", ["Reason"] = "口径有误" }, path)).Status);
        await host.DrainOutbox();
        var stone = await visitor.Get("/disclosure/records/" + id);
        Assert.Equal(HttpStatusCode.Gone, stone.Status);
        Assert.Contains("口径有误", stone.Text, StringComparison.Ordinal);
        var back = await keeper.Post(path + "/listing", new() { ["Version"] = "3", ["Reason"] = "已更正" }, path);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.Get("/disclosure/records/" + id)).Status);
        entry = await host.Release(back);
        Assert.Equal((EntryState.Listed, 4, "07"), (entry.State, entry.Version, entry.StatutoryItem));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/disclosure/records/" + id)).Status);
        var actions = await host.Read(async db => (await db.Outbox.AsNoTracking()
            .Where(row => row.Type == "Portal.Shared.Decisions.DecisionTaken")
            .OrderBy(row => row.Id).Select(row => row.Payload).ToListAsync())
            .Select(payload => System.Text.Json.JsonDocument.Parse(payload).RootElement)
            .Where(decision => decision.GetProperty("objectId").GetString() == id.ToString())
            .Select(decision => decision.GetProperty("action").GetString()));
        Assert.Equal(
            ["disclosure.entry.entered", "disclosure.entry.edited", "disclosure.entry.withdrawn", "disclosure.entry.relisted"],
            actions);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_what_was_typed_stays()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var answer = await keeper.Post(
            "/console/disclosure/entries/new", new() { ["title"] = "只有名称", ["writtenOn"] = "2999-01-01", ["kind"] = "normative" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("成文日期“2999-01-01”晚于今天，请核对。", answer.Errors);
        Assert.Contains("请填写发布机构。", answer.Errors);
        Assert.Contains("请填写文号：行政规范性文件应当有文号。", answer.Errors);
        Assert.Contains("请填写正文，或者填写在线链接。", answer.Errors);
        Assert.Equal("只有名称", answer.Document.QuerySelector("#title")!.GetAttribute("value"));
        Assert.False(await host.Read(db => db.Entries.AnyAsync(entry => entry.Title == "只有名称")));
    }

    [Fact]
    public async Task Marks_that_nobody_sees_are_not_kept()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var entry = await host.Enter(keeper, new(Form)
        {
            ["title"] = "看不见的\u202E记号\u200B试验",
            ["responsibleUnit"] = "\u202E处案预",
            ["Body"] = "第一段\u202E。\n第二段。",
        });
        Assert.Equal(
            ("看不见的记号试验", "处案预", "第一段。\n第二段。"),
            (entry.Title, entry.Metadata.One("responsibleUnit"), entry.Body));
    }

    [Fact]
    public async Task A_number_from_elsewhere_stays_as_it_is_and_is_never_used_twice()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var number = "01527918X-2020-" + Random.Shared.Next(100000, 999999).ToString(CultureInfo.InvariantCulture);
        var entry = await host.Enter(keeper, new(Form) { ["IndexNumber"] = number });
        Assert.Equal((number, "dashed"), (entry.IndexNumber, entry.IndexScheme));
        var second = await keeper.Post("/console/disclosure/entries/new", new(Form) { ["IndexNumber"] = number });
        Assert.Equal([$"索引号{number}已经使用，索引号不得重复。"], second.Errors);
    }

    [Fact]
    public async Task Staff_find_the_entries_that_lack_an_element()
    {
        var site = await host.Data.Site("que" + Guid.CreateVersion7().ToString("N")[^6..]);
        var channel = await host.Channel(site.Key);
        await host.Entry(channel, edition => edition.Title = "要素齐全的通知");
        var lacking = await host.Entry(channel, edition =>
        {
            edition.Title = "没有主题的通知";
            edition.Fields.Remove("subject");
        });
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, site.Key));

        var list = await keeper.Get("/console/disclosure/entries?missing=subject");
        Assert.Equal(["没有主题的通知"], list.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("缺主题分类（1条）", list.Document.QuerySelector("select[name=missing]")!.TextContent, StringComparison.Ordinal);

        var path = $"/console/disclosure/documents/{lacking.DocumentId}";
        var page = await keeper.Get(path);
        var form = new Dictionary<string, string>
        {
            ["Version"] = page.Document.QuerySelector("input[name=Version]")!.GetAttribute("value")!,
            ["FactsHash"] = page.Document.QuerySelector("input[name=FactsHash]")!.GetAttribute("value")!,
            ["subject"] = "0207",
            ["fiveOpenness"] = "service",
            ["act"] = "confirm",
        };
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.Post(path, form)).Status);
        var entry = await host.EntryOf(lacking.DocumentId!.Value);
        Assert.Equal(("0207", "service", 2), (entry.Subject, entry.FiveOpenness, entry.Version));
        Assert.Empty(entry.Missing);
    }

    [Fact]
    public async Task What_is_only_saved_stays_in_the_console_until_it_is_confirmed()
    {
        var channel = await host.Channel("jyt");
        var entry = await host.Entry(channel);
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "jyt"));
        var path = $"/console/disclosure/documents/{entry.DocumentId}";
        async Task Send(string act, string five)
        {
            var page = await keeper.Get(path);
            var answer = await keeper.Post(path, new()
            {
                ["Version"] = page.Document.QuerySelector("input[name=Version]")!.GetAttribute("value")!,
                ["FactsHash"] = page.Document.QuerySelector("input[name=FactsHash]")!.GetAttribute("value")!,
                ["fiveOpenness"] = five,
                ["scope"] = "试点范围" + five,
                ["act"] = act,
            });
            Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
            await host.DrainOutbox();
        }

        using var visitor = host.Visitor("jyt");
        await Send("save", "service");
        Assert.Equal((entry.Version, entry.ContentHash), await State());
        Assert.DoesNotContain("试点范围", (await visitor.Get("/disclosure/records/" + entry.Id)).Text, StringComparison.Ordinal);
        Assert.Equal("service", (await keeper.Get(path)).Document.QuerySelector("select[name=fiveOpenness] option[selected]")!.GetAttribute("value"));

        await Send("confirm", "service");
        Assert.Contains("试点范围service", (await visitor.Get("/disclosure/records/" + entry.Id)).Text, StringComparison.Ordinal);
        var confirmed = await State();
        await Send("save", "result");
        // Neither the draft nor a later edition of the document brings out what nobody has confirmed.
        Assert.Equal(confirmed, await State());
        await host.Entry(channel, edition => edition.Summary = "另一段概述。", entry.DocumentId);
        var text = (await visitor.Get("/disclosure/records/" + entry.Id)).Text;
        Assert.Contains("试点范围service", text, StringComparison.Ordinal);
        Assert.DoesNotContain("试点范围result", text, StringComparison.Ordinal);
        await Send("confirm", "result");
        Assert.Contains("试点范围result", (await visitor.Get("/disclosure/records/" + entry.Id)).Text, StringComparison.Ordinal);

        async Task<(int, string)> State()
        {
            var now = await host.EntryOf(entry.DocumentId!.Value);
            return (now.Version, now.ContentHash);
        }
    }

    [Fact]
    public async Task Entries_are_counted_by_organisation_kind_of_openness_and_missing_element()
    {
        var site = await host.Data.Site("counted");
        var below = await host.Data.Site("counted-below", "counted");
        await host.Entry(await host.Channel(site.Key), edition => edition.Fields.Remove("subject"));
        await host.Entry(await host.Channel(below.Key));
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, site.Key));
        await host.Enter(keeper, new(Form) { ["fiveOpenness"] = "result" });

        var page = await keeper.Get("/console/disclosure/counts");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var tables = page.Document.QuerySelectorAll(".c-table")
            .Select(table => table.QuerySelectorAll("tbody tr, tfoot tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))))
            .ToList();
        Assert.Equal(
            [$"{site.OrganisationName}|2|0|0|0|0|1|1", $"{below.OrganisationName}|1|0|0|0|0|0|1", "合计|3|0|0|0|0|1|2"], tables[0]);
        Assert.Equal([$"{site.OrganisationName}|1|1", "合计|1|1"], tables[1]);
        var lacking = await keeper.Get(page.Document.QuerySelector("a[href='/console/disclosure/entries?missing=subject']")!.GetAttribute("href")!);
        Assert.Single(lacking.Document.QuerySelectorAll("tbody tr"));
    }
}
