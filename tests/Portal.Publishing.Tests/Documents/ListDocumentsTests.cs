using System.Net;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Documents;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class ListDocumentsTests(WritingHost host)
{
    [Fact]
    public async Task The_list_is_filtered_by_state_type_channel_words_and_mine()
    {
        var (author, other) = (await host.Author(), await host.Author());
        var (channel, elsewhere) = (await host.Channel(), await host.Channel());
        var draft = await host.Draft(author, channel, "article", "百分之100%的_试验");
        var live = await host.Live(other, channel, "policy", "已发布的办法");
        await host.Draft(author, elsewhere);

        Assert.Equal([live.Id, draft.Id], await Ids(author, $"?channel={channel.Id}"));
        Assert.Equal([live.Id], await Ids(author, $"?channel={channel.Id}&state=Live"));
        Assert.Equal([live.Id], await Ids(author, $"?channel={channel.Id}&type=policy"));
        Assert.Equal([draft.Id], await Ids(author, $"?channel={channel.Id}&mine=true"));
        Assert.Equal([draft.Id], await Ids(author, $"?channel={channel.Id}&q=100%25%E7%9A%84_"));
        Assert.Empty(await Ids(author, $"?channel={channel.Id}&q=0_%E7%9A%84"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        var (author, channel) = (await host.Author(), await host.Channel());
        List<Guid> all = [];
        for (var i = 0; i < 43; i++)
        {
            all.Insert(0, (await host.Draft(author, channel, "article", $"第{i}篇")).Id);
        }

        var browser = await host.SignInAs(author);
        var first = await browser.Get($"/console/documents?channel={channel.Id}");
        var second = await browser.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var back = await browser.Get(second.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);

        Assert.Equal(all, [.. Ids(first), .. Ids(second)]);
        Assert.Equal(Ids(first), Ids(back));
    }

    [Fact]
    public async Task A_channel_editor_sees_the_own_channel()
    {
        var (mine, other) = (await host.Channel(), await host.Channel());
        var author = await host.Author();
        var inside = await host.Draft(author, mine);
        await host.Draft(author, other);
        var editor = await host.Data.Staff(Role.ChannelEditor, channel: mine.Id);

        Assert.Equal([inside.Id], await Ids(editor, ""));
    }

    [Theory]
    [InlineData("?state=99")]
    [InlineData("?state=Nothing&channel=x&cursor=forged")]
    [InlineData("?q=%07%F0%A0%AE%B7%3Cscript%3E")]
    public async Task Nonsense_in_the_address_is_a_page_all_the_same(string query)
    {
        var author = await host.Author();

        Assert.Equal(HttpStatusCode.OK, (await (await host.SignInAs(author)).Get("/console/documents" + query)).Status);
    }

    [Fact]
    public async Task Two_editions_are_compared_and_their_history_listed()
    {
        var (author, channel) = (await host.Author(), await host.Channel());
        var live = await host.Live(author, channel, "article", "旧标题");
        var browser = await host.SignInAs(author);
        var drafted = await browser.Post($"/console/documents/{live.DocumentId}/editions", [], $"/console/documents/{live.DocumentId}/editions/new");
        var path = drafted.Location!.Split('?')[0];
        await browser.Post(path, WritingHost.Form(await browser.Get(path), ("Title", "新标题"), ("bodyText", "新增的一段")));
        var latter = path.Split('/')[3];

        var history = await browser.Get($"/console/documents/{live.DocumentId}");
        var comparison = await browser.Get($"/console/documents/{live.DocumentId}/comparison?left={latter}&right={live.Id}");

        Assert.Equal(2, history.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("旧标题", comparison.Document.QuerySelector(".c-diff table del")!.TextContent);
        Assert.Equal("新标题", comparison.Document.QuerySelector(".c-diff table ins")!.TextContent);
        Assert.Contains("新增的一段", comparison.Document.QuerySelector(".c-diff__body")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/console/documents/{live.DocumentId}/comparison?left=x&right=y")).Status);
    }

    [Fact]
    public async Task A_moved_document_leads_on_from_its_old_address()
    {
        var author = await host.Author();
        var (from, to) = (await host.Channel(), await host.Channel());
        var live = await host.Live(author, from);
        var browser = await host.SignInAs(author);

        var same = await Move(browser, live, from.Id);
        var moved = await Move(browser, live, to.Id);

        Assert.Equal(["栏目和地址都没有改变"], same.Errors);
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/{from.Path}/{live.Slug}")).Status);
        await host.Publish(Guid.Parse(moved.Location!.Split('/')[3].Split('?')[0]));
        await host.Refresh();
        Assert.Equal($"/{to.Path}/{live.Slug}", (await visitor.Get($"/{from.Path}/{live.Slug}")).Location);
    }

    [Fact]
    public async Task Documents_to_link_to_are_found_by_title_and_number()
    {
        var (author, channel) = (await host.Author(), await host.Channel());
        var live = await host.Live(author, channel, "policy", "云岭省罕见词试验规定");
        await host.Draft(author, channel, "policy", "云岭省罕见词草稿");

        var answer = await (await host.SignInAs(author)).Get("/console/documents/links?q=%E7%BD%95%E8%A7%81%E8%AF%8D");

        Assert.Contains(live.DocumentId.ToString(), answer.Text, StringComparison.Ordinal);
        Assert.Single(System.Text.Json.JsonDocument.Parse(answer.Text).RootElement.EnumerateArray());
    }

    private static Task<Answer> Move(Browser browser, Edition live, Guid channel) => browser.Post(
        $"/console/documents/{live.DocumentId}/move",
        new() { ["EditionId"] = live.Id.ToString(), ["ChannelId"] = channel.ToString(), ["Slug"] = live.Slug });

    private async Task<List<Guid>> Ids(Person person, string query) =>
        Ids(await (await host.SignInAs(person)).Get("/console/documents" + query));

    private static List<Guid> Ids(Answer page) =>
        [.. page.Document.QuerySelectorAll("a[data-open]").Select(link => Guid.Parse(link.GetAttribute("href")!.Split('/')[3]))];
}
