using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Channels;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class ReopenChannelTests(WritingHost host)
{
    [Fact]
    public async Task Reopening_opens_what_was_closed_along_and_leaves_what_was_closed_before()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var channel = await host.Channel();
        var (before, along) = (await host.Channel(parent: channel), await host.Channel(parent: channel));
        await Close(browser, before);
        await Close(browser, channel);

        var page = await browser.Get($"/console/channels/{channel.Id}");
        var silent = await Reopen(browser, channel, "");
        var answer = await Reopen(browser, channel, "恢复发布");

        Assert.Contains("当时一并关闭的 1 个下级栏目同时恢复", page.Text, StringComparison.Ordinal);
        Assert.Equal(["请填写恢复理由"], silent.Errors);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(
            [channel.Id, along.Id],
            await host.Read(db => db.Channels
                .Where(row => row.Lineage.Contains(channel.Id) && row.ClosedAt == null)
                .OrderBy(row => row.Path.Length).Select(row => row.Id).ToListAsync()));
        Assert.Equal(1, await host.Decisions("publishing.channel.reopened", channel.Id));
        Assert.Equal(1, await host.Decisions("publishing.channel.reopened", along.Id));
        Assert.Equal(0, await host.Decisions("publishing.channel.reopened", before.Id));
    }

    [Fact]
    public async Task Below_a_closed_channel_nothing_reopens()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var channel = await host.Channel();
        var below = await host.Channel(parent: channel);
        await Close(browser, channel);

        var answer = await Reopen(browser, below, "恢复发布");

        Assert.Equal(["上级栏目仍处于关闭状态，请先恢复上级栏目"], answer.Errors);
    }

    [Fact]
    public async Task An_open_channel_and_a_stale_version_are_refused()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var (open, closed) = (await host.Channel(), await host.Channel());
        await Close(browser, closed);

        var never = await Reopen(browser, open, "恢复发布");
        var stale = await browser.Post(
            $"/console/channels/{closed.Id}/reopening", new() { ["version"] = "1", ["ReopenReason"] = "恢复发布" },
            $"/console/channels/{closed.Id}");

        Assert.Equal(HttpStatusCode.Conflict, never.Status);
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
    }

    private async Task Close(Browser browser, Channel channel) => Assert.Equal(
        HttpStatusCode.Redirect,
        (await browser.Post(
            $"/console/channels/{channel.Id}/closing",
            new() { ["version"] = await Version(channel), ["Reason"] = "与其他栏目合并" },
            $"/console/channels/{channel.Id}")).Status);

    private async Task<Answer> Reopen(Browser browser, Channel channel, string reason) => await browser.Post(
        $"/console/channels/{channel.Id}/reopening",
        new() { ["version"] = await Version(channel), ["ReopenReason"] = reason },
        $"/console/channels/{channel.Id}");

    private async Task<string> Version(Channel channel) =>
        (await host.Read(db => db.Channels.Where(row => row.Id == channel.Id).Select(row => row.Version).SingleAsync()))
        .ToString(CultureInfo.InvariantCulture);
}
