using System.Net;
using Portal.Publishing.Documents;
using Portal.Testing;

namespace Portal.Publishing.Tests.Reviews;

[Collection(ReviewDesk.Name)]
public sealed class WithdrawDocumentTests(ReviewHost host)
{
    [Theory]
    [InlineData("Withdrawn", HttpStatusCode.OK)]
    [InlineData("Redirect", HttpStatusCode.MovedPermanently)]
    [InlineData("Gone", HttpStatusCode.Gone)]
    public async Task A_withdrawal_goes_through_three_reviews(string kind, HttpStatusCode status)
    {
        var team = await host.Team();
        var live = await host.Published(team, "将被撤回的公告");
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        var address = ReviewHost.PathOf(team, live);

        var proposed = await Propose(team.Author, live, kind, "数据有误，另行公布。", "/sitemap");
        Assert.EndsWith("?done=submitted", proposed.Location, StringComparison.Ordinal);
        var id = Guid.Parse(proposed.Location!.Split('/')[3].Split('?')[0]);
        var waiting = await visitor.Get(address);
        Assert.Equal(HttpStatusCode.OK, waiting.Status);
        Assert.DoesNotContain("数据有误", waiting.Text, StringComparison.Ordinal);
        var screen = await (await host.SignInAs(team.First)).Get($"/console/editions/{id}/reviews");
        Assert.Contains("数据有误，另行公布。", screen.Text, StringComparison.Ordinal);

        await host.Approve(team, id);
        await host.DrainOutbox();

        var page = await visitor.Get(address);
        Assert.Equal(status, page.Status);
        if (kind == "Redirect")
        {
            Assert.Equal("/sitemap", page.Location);
        }
        else
        {
            Assert.Contains("数据有误，另行公布。", page.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("将被撤回的公告", (await visitor.Get("/" + team.Channel.Path)).Text, StringComparison.Ordinal);
        Assert.Equal(EditionState.Superseded, (await host.Edition(live.Id)).State);
        Assert.Equal(2, (await host.Page(live.DocumentId)).Sequence);
    }

    [Theory]
    [InlineData("Withdrawn", "撤回", "本版本为撤回：正文保留，页首标明已撤回及原因", "正文和附件保留，页首标明已撤回及原因")]
    [InlineData("Redirect", "转向", "本版本为转向：原地址转到其他页面，原页面内容不再公开", "原页面内容不再公开")]
    [InlineData("Gone", "删除", "本版本为删除：页面内容不再公开，原地址只显示删除原因", "页面内容不再公开")]
    public async Task Each_kind_is_named_for_what_it_does_from_the_draft_to_the_next_edition(
        string kind, string name, string toAuthor, string toReviewer)
    {
        var team = await host.Team();
        var live = await host.Published(team, "用词的公告");
        var proposed = await Propose(team.Author, live, kind, "数据有误。", "/sitemap");
        var id = Guid.Parse(proposed.Location!.Split('/')[3].Split('?')[0]);
        var author = await host.SignInAs(team.Author);
        Assert.Contains(toAuthor, (await author.Get($"/console/editions/{id}")).Text, StringComparison.Ordinal);
        await host.Decide(team.First, id);
        await host.Decide(team.Second, id);

        var releaser = await host.SignInAs(team.Releaser);
        var screen = await releaser.Get($"/console/editions/{id}/reviews");
        var released = await host.Decide(team.Releaser, id);

        Assert.Contains(toReviewer, screen.Text, StringComparison.Ordinal);
        Assert.StartsWith(
            $"通过并执行{name}", screen.Document.QuerySelector("button[data-approve-act]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            $"《用词的公告》的{name}已审发并执行。", (await releaser.Get(released.Location!)).Text, StringComparison.Ordinal);
        var next = await author.Get($"/console/documents/{live.DocumentId}/editions/new");
        Assert.Equal(
            ["第 1 版（历史版本）：用词的公告", $"第 2 版（{name}）：用词的公告"],
            next.Document.QuerySelectorAll("label[for^=from-]").Select(label => label.TextContent));
        Assert.Equal(live.Id, (await host.Next(team, live)).BasedOn);
    }

    [Fact]
    public async Task Who_proposes_may_not_review_it()
    {
        var team = await host.Team();
        var live = await host.Published(team);
        var proposed = await Propose(team.Author, live, "Gone", "内容重复。");
        var edition = await host.Edition(Guid.Parse(proposed.Location!.Split('/')[3].Split('?')[0]));

        Assert.Equal([team.Author.Id], edition.Contributors);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Decide(team.Author, edition.Id)).Status);
    }

    [Theory]
    [InlineData("", "理由", "", "请选择撤回方式。")]
    [InlineData("99", "理由", "", "请选择撤回方式。")]
    [InlineData("Gone", "\u200b ", "", "请填写理由。")]
    [InlineData("Redirect", "理由", "", "请填写跳转地址，须为本站或省内政府网站的地址。")]
    [InlineData("Redirect", "理由", "https://evil.example/", "请填写跳转地址，须为本站或省内政府网站的地址。")]
    [InlineData("Redirect", "理由", "//evil.example/", "请填写跳转地址，须为本站或省内政府网站的地址。")]
    [InlineData("Redirect", "理由", "javascript:alert(1)", "请填写跳转地址，须为本站或省内政府网站的地址。")]
    public async Task Bad_input_is_named_and_nothing_is_proposed(string kind, string reason, string to, string message)
    {
        var team = await host.Team();
        var live = await host.Published(team);

        var answer = await Propose(team.Author, live, kind, reason, to);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(message, answer.Errors);
        Assert.Equal(HttpStatusCode.Redirect, (await Propose(team.Author, live, "Gone", "理由")).Status);
    }

    [Fact]
    public async Task A_page_may_not_lead_to_itself()
    {
        var team = await host.Team();
        var live = await host.Published(team);

        var answer = await Propose(team.Author, live, "Redirect", "理由", ReviewHost.PathOf(team, live));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("跳转地址不能是该页面自己的地址。", answer.Errors);
    }

    [Fact]
    public async Task A_second_proposal_waits_for_the_first_and_a_reader_may_not_propose()
    {
        var team = await host.Team();
        var live = await host.Published(team);
        await Propose(team.Author, live, "Gone", "理由");

        var second = await Propose(team.Author, live, "Withdrawn", "理由");

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("该稿件已有未完成的版本，请先处理该版本。", second.Errors);
        Assert.Equal(HttpStatusCode.Forbidden, (await Propose(team.First, live, "Gone", "理由")).Status);
    }

    [Fact]
    public async Task The_form_counts_what_it_touches()
    {
        var team = await host.Team();
        var live = await host.Published(team);

        var form = await (await host.SignInAs(team.Author)).Get($"/console/editions/{live.Id}/withdrawal");

        var effects = form.Document.QuerySelector(".c-danger")!.TextContent;
        Assert.Contains(ReviewHost.PathOf(team, live), effects, StringComparison.Ordinal);
        Assert.Contains("从1个栏目列表中移除", effects, StringComparison.Ordinal);
        Assert.Equal(3, form.Document.QuerySelectorAll("input[name=Kind]").Length);
    }

    private async Task<Answer> Propose(Person person, Edition live, string kind, string reason, string? to = null) =>
        await (await host.SignInAs(person)).Post(
            $"/console/editions/{live.Id}/withdrawal",
            new() { ["Kind"] = kind, ["Reason"] = reason, ["RedirectTo"] = to ?? "" },
            "/console/schedule");
}
