using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Channels;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class OpenChannelTests(WritingHost host)
{
    [Fact]
    public async Task A_channel_is_opened_with_its_path_and_told_to_the_trail()
    {
        var manager = await host.Data.Staff(Role.SiteManager, "jyt");

        var answer = await Open(manager, ("Name", "政策𠮷法规"), ("Slug", "zcfg"), ("CycleDays", "180"), ("Keywords", "政策，法規"));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var channel = await host.Read(db => db.Channels.SingleAsync(row => row.SiteId == manager.Site.Id && row.Path == "zcfg"));
        Assert.Equal(("政策𠮷法规", 180), (channel.Name, channel.CycleDays));
        Assert.Equal(["政策", "法規"], channel.Keywords);
        Assert.Equal([channel.Id], channel.Lineage);
        Assert.Equal(1, await host.Decisions("publishing.channel.opened", channel.Id));
        Assert.Contains(
            await host.Read(db => db.Outbox.Where(row => row.Type.EndsWith(".ChannelChanged")).Select(row => row.Payload).ToListAsync()),
            payload => payload.Contains(channel.Id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_channels_cannot_have_one_address()
    {
        var manager = await host.Data.Staff(Role.SiteManager, "jyt");
        await Open(manager, ("Slug", "twice"));

        var second = await Open(manager, ("Slug", "twice"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Equal(1, await host.Read(db => db.Channels.CountAsync(row => row.SiteId == manager.Site.Id && row.Path == "twice")));
    }

    [Theory]
    [InlineData("Name", "", "请填写栏目名称")]
    [InlineData("Name", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "栏目名称不能超过30个字")]
    [InlineData("Slug", "政策", "地址只能用小写字母、数字和连字符，不超过60个字符，例如 guizhang")]
    [InlineData("Slug", "console", "这个地址由系统保留，请换一个")]
    [InlineData("Type", "9", "请选择栏目类型")]
    [InlineData("CycleDays", "often", "更新周期请填1至3650之间的整数天数，不固定的请留空")]
    [InlineData("Position", "-1", "排序请填0至9999之间的整数")]
    public async Task Bad_input_is_said_at_its_field(string field, string value, string message)
    {
        var manager = await host.Data.Staff(Role.SiteManager, "jyt");

        var answer = await Open(manager, (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal([message], answer.Errors);
        Assert.NotNull(answer.Document.QuerySelector($"#{field}-error"));
    }

    [Fact]
    public async Task A_channel_editor_opens_below_the_own_channel_only()
    {
        var (mine, other) = (await host.Channel(), await host.Channel());
        var editor = await host.Data.Staff(Role.ChannelEditor, channel: mine.Id);

        Assert.Equal(HttpStatusCode.Redirect, (await Open(editor, ("ParentId", mine.Id.ToString()), ("Slug", "below"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Open(editor, ("ParentId", other.Id.ToString()), ("Slug", "below"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Open(editor, ("Slug", "top"))).Status);
    }

    [Fact]
    public async Task Another_sites_channel_is_no_parent()
    {
        var manager = await host.Data.Staff(Role.SiteManager, "jyt");
        var foreign = await host.Channel("lanqiao");

        var answer = await Open(manager, ("ParentId", foreign.Id.ToString()), ("Slug", "stolen"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    private async Task<Answer> Open(Person person, params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> form = new()
        {
            ["Name"] = "栏目",
            ["Slug"] = "slug",
            ["Type"] = "Policies",
            ["CycleDays"] = "",
            ["Position"] = "1",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return await (await host.SignInAs(person)).Post("/console/channels", form, "/console/channels/new");
    }
}
