using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Channels.ListChannels;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Channels;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class ChangeChannelTests(WritingHost host)
{
    [Fact]
    public async Task Facts_change_and_the_version_grows()
    {
        var (manager, channel) = (await Manager(), await host.Channel());

        var answer = await Change(manager, channel, 1, ("Name", "新名称"), ("Hidden", "true"));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var kept = await host.Read(db => db.Channels.SingleAsync(row => row.Id == channel.Id));
        Assert.Equal(("新名称", true, 2), (kept.Name, kept.Hidden, kept.Version));
        Assert.Equal(1, await host.Decisions("publishing.channel.changed", channel.Id));
    }

    [Fact]
    public async Task A_stale_version_is_shown_beside_what_stands_now()
    {
        var (manager, channel) = (await Manager(), await host.Channel());
        await Change(manager, channel, 1, ("Name", "同事的名称"));

        var answer = await Change(manager, channel, 1, ("Name", "我的名称"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        var row = answer.Document.QuerySelectorAll(".p-banner td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(["同事的名称", "我的名称"], row);
        Assert.Equal("我的名称", answer.Document.QuerySelector("#Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Closing_keeps_pages_closes_below_and_takes_nothing_new()
    {
        var (manager, author) = (await Manager(), await host.Author());
        var channel = await host.Channel();
        var below = await host.Channel(parent: channel);
        var page = await host.Live(author, below);
        var browser = await host.SignInAs(manager);

        var silent = await browser.Post($"/console/channels/{channel.Id}/closing", new() { ["version"] = "1" }, $"/console/channels/{channel.Id}");
        var closed = await browser.Post($"/console/channels/{channel.Id}/closing", new() { ["version"] = "1", ["Reason"] = "与其他栏目合并" }, $"/console/channels/{channel.Id}");

        Assert.Equal(["请填写关闭理由"], silent.Errors);
        Assert.Equal(HttpStatusCode.Redirect, closed.Status);
        Assert.Equal(2, await host.Read(db => db.Channels.CountAsync(row => row.Lineage.Contains(channel.Id) && row.ClosedAt != null)));
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/{below.Path}/{page.Slug}")).Status);
        var writer = await host.SignInAs(author);
        var start = await writer.Post(
            "/console/documents",
            new() { ["Id"] = Guid.CreateVersion7().ToString(), ["Type"] = "article", ["ChannelId"] = below.Id.ToString(), ["Title"] = "新稿" },
            "/console/documents/new");
        Assert.Equal(["这个栏目已经关闭，请选择其他栏目"], start.Errors);
    }

    [Fact]
    public async Task The_list_shows_counts_and_what_is_over_its_cycle()
    {
        var (manager, author) = (await Manager(), await host.Author());
        var channel = await host.Channel();
        await host.Use<PublishingDbContext>(db => db.Channels.Where(row => row.Id == channel.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CycleDays, 14)));
        await host.Live(author, channel);
        await host.Draft(author, channel);

        var page = await (await host.SignInAs(manager)).Get("/console/channels");

        var row = page.Document.QuerySelector($"a[href='/console/channels/{channel.Id}']")!.Closest("tr")!;
        Assert.Equal(["1", "1"], row.QuerySelectorAll(".c-table__number").Select(cell => cell.TextContent));
        var now = DateTimeOffset.Parse("2026-11-22T00:00:00Z", CultureInfo.InvariantCulture);
        Assert.Equal(2, ListChannelsHandler.DaysOver(14, now.AddDays(-16), now));
        Assert.Null(ListChannelsHandler.DaysOver(14, now.AddDays(-14), now));
        Assert.Null(ListChannelsHandler.DaysOver(null, now.AddDays(-900), now));
    }

    [Fact]
    public async Task An_author_manages_no_channels()
    {
        var (author, channel) = (await host.Author(), await host.Channel());

        var answer = await (await host.SignInAs(author)).Get($"/console/channels/{channel.Id}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    private Task<Person> Manager() => host.Data.Staff(Role.SiteManager);

    private async Task<Answer> Change(Person person, Channel channel, int version, params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> form = new()
        {
            ["version"] = version.ToString(CultureInfo.InvariantCulture),
            ["Name"] = channel.Name,
            ["Type"] = channel.Type.ToString(),
            ["Position"] = "0",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return await (await host.SignInAs(person)).Post($"/console/channels/{channel.Id}", form);
    }
}
