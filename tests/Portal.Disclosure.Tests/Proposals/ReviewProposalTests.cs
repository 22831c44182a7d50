using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Disclosure.Proposals;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Proposals;

/// <summary>Entered information on its way through the three reviews, over HTTP (Opinion art. 12, S-17).</summary>
public sealed class ReviewProposalTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    [Fact]
    public async Task Nothing_is_public_before_three_people_have_agreed_and_each_of_them_is_in_the_trail()
    {
        var (keeper, id) = await Submitted("三审后公开的清单");
        Assert.Equal(0, await EntriesCalled("三审后公开的清单"));

        var list = await (await As(Role.FirstReviewer)).Get("/console/disclosure/proposals");
        Assert.Contains(id.ToString(), list.Document.QuerySelector("[aria-labelledby=waiting]")!.InnerHtml, StringComparison.Ordinal);
        var page = await (await As(Role.FirstReviewer)).Get("/console/disclosure/proposals/" + id);
        Assert.Contains("正文只此一段", page.Document.QuerySelector(".p-body")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await keeper.Get("/console/disclosure/proposals/" + id)).Document.QuerySelector("input[name=ContentHash]"));

        foreach (var (role, state) in new[]
        {
            (Role.FirstReviewer, ProposalState.AwaitingSecondReview), (Role.SecondReviewer, ProposalState.AwaitingRelease),
        })
        {
            Ok(await DisclosureHost.Review(await As(role), id));
            Assert.Equal(state, (await Find(id)).State);
            Assert.Equal(0, await EntriesCalled("三审后公开的清单"));
        }

        Ok(await DisclosureHost.Review(await As(Role.Releaser), id));
        await host.DrainOutbox();
        var entry = await host.Read(db => db.Entries.AsNoTracking().SingleAsync(row => row.Title == "三审后公开的清单"));
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);
        Assert.Equal((ProposalState.Released, entry.Id), ((await Find(id)).State, (await Find(id)).EntryId));
        var told = await host.Read(async db => (await db.Outbox.AsNoTracking()
                .Where(row => row.Type == "Portal.Shared.Decisions.DecisionTaken").OrderBy(row => row.Id).Select(row => row.Payload).ToListAsync())
            .Select(payload => System.Text.Json.JsonDocument.Parse(payload).RootElement)
            .Where(decision => decision.GetProperty("objectId").GetString() == id.ToString())
            .Select(decision => decision.GetProperty("action").GetString()!["disclosure.proposal.".Length..]));
        Assert.Equal(["submitted", "first-reviewed", "second-reviewed", "released"], told);
    }

    [Fact]
    public async Task Whoever_enters_or_reviews_what_is_public_already_is_told_so()
    {
        var (keeper, first) = await Submitted("重复录入的清单");
        Assert.DoesNotContain("请核对是否重复录入", (await keeper.Get("/console/disclosure/proposals/" + first)).Text, StringComparison.Ordinal);
        foreach (var role in new[] { Role.FirstReviewer, Role.SecondReviewer, Role.Releaser })
        {
            Ok(await DisclosureHost.Review(await As(role), first));
        }

        var (_, second) = await Submitted("重复录入的清单");
        var page = await (await As(Role.FirstReviewer)).Get("/console/disclosure/proposals/" + second);
        var number = await host.Read(db => db.Entries.Where(row => row.Title == "重复录入的清单").Select(row => row.IndexNumber).SingleAsync());
        Assert.Contains($"重复录入的清单（索引号{number}）。请核对是否重复录入", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_needs_its_permission_another_person_an_opinion_and_the_secrecy_check()
    {
        var (_, id) = await Submitted("审查条件");
        Assert.Equal(HttpStatusCode.Forbidden, (await DisclosureHost.Review(await As(Role.Releaser), id)).Status);
        var first = await As(Role.FirstReviewer);
        Assert.Equal(["请填写审查意见。"], (await DisclosureHost.Review(first, id, opinion: " ")).Errors);
        Assert.Equal(["初审须确认已完成保密审查。"], (await DisclosureHost.Review(first, id, secrecy: false)).Errors);
        Assert.Equal(["请选择同意或者退回。"], (await DisclosureHost.Review(first, id, decision: "maybe")).Errors);
        var other = await first.Post(
            $"/console/disclosure/proposals/{id}/reviews",
            new() { ["ContentHash"] = new string('0', 64), ["Opinion"] = "同意。", ["Decision"] = "approve", ["SecrecyChecked"] = "true" },
            "/console/disclosure/proposals/" + id);
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        var stranger = await host.SignInAs(await host.Data.Staff(Role.FirstReviewer, "yunpu"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/console/disclosure/proposals/" + id)).Status);
        Assert.Equal(ProposalState.AwaitingFirstReview, (await Find(id)).State);
        Assert.False(await host.Read(db => db.ProposalReviews.AnyAsync(review => review.ProposalId == id)));
    }

    [Fact]
    public async Task Nobody_reviews_what_they_have_written_or_reviewed_already()
    {
        var both = await host.Data.Staff(
            (Role.SiteManager, TestData.ProvinceKey, null), (Role.FirstReviewer, TestData.ProvinceKey, null),
            (Role.SecondReviewer, TestData.ProvinceKey, null));
        var browser = await host.SignInAs(both);
        var own = DisclosureHost.ProposalOf(await browser.Post("/console/disclosure/entries/new", Form("自己写的")));
        var refused = await Decide(browser, own);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("您参与了该信息的撰写，不能审查自己撰写的内容。", refused.Text, StringComparison.Ordinal);

        var (_, id) = await Submitted("别人写的");
        Ok(await Decide(browser, id));
        var again = await Decide(browser, id);
        Assert.Equal(HttpStatusCode.Forbidden, again.Status);
        Assert.Contains("三审须由不同人员完成", again.Text, StringComparison.Ordinal);
        Assert.Equal(ProposalState.AwaitingSecondReview, (await Find(id)).State);
    }

    [Fact]
    public async Task What_is_returned_comes_back_changed_and_begins_anew_while_the_public_keeps_what_it_had()
    {
        var keeper = await As(Role.SiteManager);
        var entry = await host.Enter(keeper, Form("退回重报的清单"));
        var path = "/console/disclosure/entries/" + entry.Id;
        var id = DisclosureHost.ProposalOf(await keeper.Post(
            path, new(Form("退回重报的清单")) { ["Body"] = "未经审查的新正文。", ["Version"] = "1" }, path));
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.Post(
            path, new(Form("退回重报的清单")) { ["Body"] = "又一段。", ["Version"] = "1" }, path)).Status);
        var changes = (await keeper.Get("/console/disclosure/proposals/" + id)).Document.QuerySelector("[aria-labelledby=changes]")!.TextContent;
        Assert.Contains("未经审查的新正文", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("公开主体", changes, StringComparison.Ordinal);

        Ok(await DisclosureHost.Review(await As(Role.FirstReviewer), id));
        Ok(await DisclosureHost.Review(await As(Role.SecondReviewer), id, "return", "口径须核对。"));
        using var visitor = host.Visitor();
        Assert.DoesNotContain("未经审查的新正文", (await visitor.Get("/disclosure/records/" + entry.Id)).Text, StringComparison.Ordinal);
        var page = await keeper.Get("/console/disclosure/proposals/" + id);
        Assert.Contains("口径须核对。", page.Text, StringComparison.Ordinal);
        var version = page.Document.QuerySelector("#edit input[name=Version]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.Post(
            "/console/disclosure/proposals/" + id,
            new(Form("退回重报的清单")) { ["Body"] = "核对过的正文。", ["Version"] = version })).Status);
        Assert.Equal((ProposalState.AwaitingFirstReview, 2), ((await Find(id)).State, (await Find(id)).Round));

        foreach (var role in new[] { Role.FirstReviewer, Role.SecondReviewer, Role.Releaser })
        {
            Ok(await DisclosureHost.Review(await As(role), id));
        }

        await host.DrainOutbox();
        Assert.Contains("核对过的正文", (await visitor.Get("/disclosure/records/" + entry.Id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_withdrawn_meanwhile_is_not_overwritten_and_what_is_dropped_never_becomes_public()
    {
        var keeper = await As(Role.SiteManager);
        var entry = await host.Enter(keeper, Form("审查期间撤下的清单"));
        var path = "/console/disclosure/entries/" + entry.Id;
        var id = DisclosureHost.ProposalOf(await keeper.Post(
            path, new(Form("审查期间撤下的清单")) { ["Body"] = "新正文。", ["Version"] = "1" }, path));
        Ok(await keeper.Post(path + "/withdrawal", new() { ["Version"] = "1", ["Reason"] = "数据有误" }, path));
        Ok(await DisclosureHost.Review(await As(Role.FirstReviewer), id));
        Ok(await DisclosureHost.Review(await As(Role.SecondReviewer), id));
        var late = await DisclosureHost.Review(await As(Role.Releaser), id);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("提交之后目录条目已有其他变动", late.Text, StringComparison.Ordinal);
        Assert.Equal(ProposalState.AwaitingRelease, (await Find(id)).State);
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.Gone, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);

        var version = (await Find(id)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Ok(await keeper.Post($"/console/disclosure/proposals/{id}/withdrawal", new() { ["Version"] = version }, "/console/disclosure/proposals/" + id));
        Assert.Equal(ProposalState.Dropped, (await Find(id)).State);
        Assert.Equal(HttpStatusCode.Conflict, (await Decide(await As(Role.Releaser), id)).Status);
    }

    [Fact]
    public async Task The_database_refuses_what_the_pages_would_not_do()
    {
        var (_, id) = await Submitted("数据库守卫");
        var proposal = await Find(id);
        Task<PostgresException> Refused(FormattableString sql) =>
            Assert.ThrowsAsync<PostgresException>(() => host.Read(db => db.Database.ExecuteSqlAsync(sql)));
        FormattableString Insert(Guid person, string stage, string hash, bool secrecy) =>
            $"""
            insert into disclosure.entry_proposal_reviews (id, proposal_id, round, stage, decision, content_hash, person_id, person_name, unit, opinion, secrecy_checked, at)
            values (gen_random_uuid(), {id}, 1, {stage}, 'Approved', {hash}, {person}, '某人', '某单位', '同意。', {secrecy}, now())
            """;
        Assert.Contains("worked on", (await Refused(Insert(proposal.Contributors[0], "First", proposal.ContentHash, true))).MessageText, StringComparison.Ordinal);
        Assert.Contains("other content", (await Refused(Insert(Guid.CreateVersion7(), "First", "0", true))).MessageText, StringComparison.Ordinal);
        Assert.Contains("secrecy", (await Refused(Insert(Guid.CreateVersion7(), "First", proposal.ContentHash, false))).MessageText, StringComparison.Ordinal);
        Assert.Contains("before the one", (await Refused(Insert(Guid.CreateVersion7(), "Second", proposal.ContentHash, false))).MessageText, StringComparison.Ordinal);
        Assert.Contains("lacks reviews", (await Refused($"update disclosure.entry_proposals set state = 'Released' where id = {id}")).MessageText, StringComparison.Ordinal);
        Assert.Contains("under review", (await Refused($"update disclosure.entry_proposals set content_hash = '0' where id = {id}")).MessageText, StringComparison.Ordinal);
    }

    private async Task<(Browser Keeper, Guid Id)> Submitted(string title)
    {
        var keeper = await As(Role.SiteManager);
        return (keeper, DisclosureHost.ProposalOf(await keeper.Post("/console/disclosure/entries/new", Form(title))));
    }

    private async Task<Browser> As(Role role) => await host.SignInAs(await host.Data.Staff(role));

    private Task<EntryProposal> Find(Guid id) => host.Read(db => db.EntryProposals.AsNoTracking().SingleAsync(row => row.Id == id));

    private Task<int> EntriesCalled(string title) => host.Read(db => db.Entries.CountAsync(row => row.Title == title));

    // The form of the decision is not shown to who may not decide: it is sent all the same.
    private async Task<Answer> Decide(Browser reviewer, Guid id) => await reviewer.Post(
        $"/console/disclosure/proposals/{id}/reviews",
        new()
        {
            ["ContentHash"] = (await Find(id)).ContentHash,
            ["Opinion"] = "同意。",
            ["Decision"] = "approve",
            ["SecrecyChecked"] = "true",
        },
        "/console/disclosure/proposals");

    private static void Ok(Answer answer) =>
        Assert.True(answer.Status == HttpStatusCode.Redirect, $"{answer.Status}: {string.Join('\n', answer.Errors)}");

    private static Dictionary<string, string> Form(string title) => new()
    {
        ["title"] = title,
        ["writtenOn"] = "2026-01-05",
        ["publisher"] = "云岭省人民政府",
        ["subject"] = "0401",
        ["kind"] = "information",
        ["openness"] = "proactive",
        ["statutoryItem"] = "07",
        ["Body"] = "正文只此一段。",
    };
}
