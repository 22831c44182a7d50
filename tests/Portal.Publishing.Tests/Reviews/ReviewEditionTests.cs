using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Reviews;

[Collection(ReviewDesk.Name)]
public sealed class ReviewEditionTests(ReviewHost host)
{
    [Fact]
    public async Task Three_reviews_by_three_people_bring_a_draft_to_the_public()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team, "关于印发《三审办法》的通知");
        Assert.Equal(EditionState.AwaitingFirstReview, edition.State);
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(ReviewHost.PathOf(team, edition))).Status);

        var first = await host.Decide(team.First, edition.Id, opinion: "要素齐全，同意。");
        Assert.Equal(EditionState.AwaitingSecondReview, (await host.Edition(edition.Id)).State);
        await host.Decide(team.Second, edition.Id, secrecy: false);
        Assert.Equal(EditionState.AwaitingRelease, (await host.Edition(edition.Id)).State);
        await host.Decide(team.Releaser, edition.Id, secrecy: false);
        await host.DrainOutbox();

        Assert.Equal(EditionState.Live, (await host.Edition(edition.Id)).State);
        Assert.EndsWith($"?done={edition.Id}", first.Location, StringComparison.Ordinal);
        var notice = await (await host.SignInAs(team.First)).Get(first.Location!);
        Assert.Contains("《关于印发〈三审办法〉的通知》已通过初审，转入审核。", notice.Text, StringComparison.Ordinal);
        var page = await visitor.Get(ReviewHost.PathOf(team, edition));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("正文第一段。", page.Text, StringComparison.Ordinal);
        foreach (var action in new[] { "submitted", "first-reviewed", "second-reviewed", "released" })
        {
            Assert.Equal(1, await host.Decisions("publishing.edition." + action, edition.Id));
        }

        var reviews = await host.ReviewsOf(edition.Id);
        Assert.Equal([ReviewStage.First, ReviewStage.Second, ReviewStage.Release], reviews.Select(row => row.Stage));
        Assert.All(reviews, review => Assert.Equal(edition.ContentHash, review.ContentHash));
        Assert.Equal("要素齐全，同意。", reviews[0].Opinion);
        Assert.Equal([true, false, false], reviews.Select(row => row.SecrecyChecked));
        Assert.Equal("Checked", await host.FactOf("publishing.edition.first-reviewed", edition.Id, "secrecy"));
        Assert.Null(await host.FactOf("publishing.edition.second-reviewed", edition.Id, "secrecy"));
    }

    [Fact]
    public async Task The_review_screen_shows_text_facts_checks_and_the_form()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team, "关于审查页面的通知", ("Summary", "一句话摘要"));

        var page = await (await host.SignInAs(team.First)).Get($"/console/editions/{edition.Id}/reviews");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("正文第一段。", page.Document.QuerySelector(".c-page")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("一句话摘要", page.Document.QuerySelector(".c-facts")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll(".c-checklist__item"));
        Assert.NotNull(page.Document.QuerySelector("input[name=SecrecyChecked]"));
        Assert.Equal(
            edition.ContentHash, page.Document.QuerySelector("input[name=ContentHash]")!.GetAttribute("value"));
        Assert.Equal(
            ["approve", "return"],
            page.Document.QuerySelectorAll("button[name=Decision]").Select(button => button.GetAttribute("value")));
        Assert.Null(page.Document.QuerySelector(".c-diff"));
    }

    [Fact]
    public async Task A_number_of_somebody_is_pointed_out_to_who_reviews_and_an_office_telephone_is_not()
    {
        var team = await host.Team();
        var named = await host.Submitted(team, "关于名单的通知", ("Summary", "联系人手机13812345678，身份证11010519491231002X。"));
        var office = await host.Submitted(team, "关于热线的通知", ("Summary", "联系电话0871-65432100，服务热线400-123-4567。"));
        var browser = await host.SignInAs(team.First);

        var warned = (await browser.Get($"/console/editions/{named.Id}/reviews")).Document.QuerySelectorAll(".c-checklist__item--warn");
        var silent = (await browser.Get($"/console/editions/{office.Id}/reviews")).Document.QuerySelectorAll(".c-checklist__item--warn");

        Assert.Contains("2处疑似", Assert.Single(warned, item => item.TextContent.Contains("个人", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(silent, item => item.TextContent.Contains("个人", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edit_of_a_live_document_shows_the_difference_first_and_leaves_the_page_alone()
    {
        var team = await host.Team();
        var live = await host.Published(team);
        var next = await host.Next(team, live);
        await host.Submit(team.Author, next.Id);
        await host.DrainOutbox();
        using var visitor = host.Visitor();

        var page = await (await host.SignInAs(team.First)).Get($"/console/editions/{next.Id}/reviews");

        var difference = page.Document.QuerySelector(".c-diff")!;
        Assert.NotEmpty(difference.QuerySelectorAll("ins"));
        Assert.NotEmpty(difference.QuerySelectorAll("del"));
        Assert.Contains("正文第一段。", (await visitor.Get(ReviewHost.PathOf(team, live))).Text, StringComparison.Ordinal);

        await host.Approve(team, next.Id);
        await host.DrainOutbox();
        Assert.Contains("正文第二稿。", (await visitor.Get(ReviewHost.PathOf(team, live))).Text, StringComparison.Ordinal);
        Assert.Equal(EditionState.Superseded, (await host.Edition(live.Id)).State);
    }

    [Fact]
    public async Task A_return_needs_a_change_and_begins_with_the_first_review_again()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id);

        await host.Decide(team.Second, edition.Id, "return", "请补充依据。");

        Assert.Equal(EditionState.Returned, (await host.Edition(edition.Id)).State);
        var unchanged = await host.Submit(team.Author, edition.Id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unchanged.Status);
        Assert.Contains("退回之后内容没有修改。请按退回意见修改后再送审。", unchanged.Errors);
        var today = await (await host.SignInAs(team.Author)).Get("/console");
        Assert.Contains("请补充依据。", today.Text, StringComparison.Ordinal);

        await host.Change(team.Author, edition, ("bodyText", "正文第一段，依据如下。"));
        await host.Submit(team.Author, edition.Id);
        Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(edition.Id)).State);
        Assert.Equal(EditionState.Live, (await host.Approve(team, edition.Id)).State);
        Assert.Equal(5, (await host.ReviewsOf(edition.Id)).Count);
    }

    [Fact]
    public async Task An_edit_voids_the_approvals_before_it()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id);
        await host.Decide(team.Second, edition.Id);
        await Recall(team, edition);

        await host.Change(team.Author, edition, ("bodyText", "改了一个字。"));
        await host.Submit(team.Author, edition.Id);

        Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(edition.Id)).State);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Decide(team.Releaser, edition.Id)).Status);
    }

    [Fact]
    public async Task What_is_recalled_and_comes_back_unchanged_goes_on_where_it_was()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id);
        await Recall(team, edition);

        await host.Submit(team.Author, edition.Id);

        Assert.Equal(EditionState.AwaitingSecondReview, (await host.Edition(edition.Id)).State);
        await host.Decide(team.Second, edition.Id);
        await host.Decide(team.Releaser, edition.Id);
        Assert.Equal(EditionState.Live, (await host.Edition(edition.Id)).State);
    }

    [Fact]
    public async Task An_author_may_not_review_and_the_attempt_is_recorded()
    {
        var team = await host.Team();
        var both = await host.Data.Staff(
            (Role.Author, TestData.ProvinceKey, null), (Role.FirstReviewer, TestData.ProvinceKey, null));
        var edition = await host.Submitted(team with { Author = both });

        var answer = await host.Decide(both, edition.Id);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("您参与了该版本的撰写，不能审查自己撰写的内容。", answer.Errors);
        Assert.Equal(1, await host.Refusals(both));
        Assert.Empty(await host.ReviewsOf(edition.Id));
        var page = await (await host.SignInAs(both)).Get($"/console/editions/{edition.Id}/reviews");
        Assert.Null(page.Document.QuerySelector("button[name=Decision]"));
    }

    [Fact]
    public async Task One_person_decides_one_stage_only()
    {
        var team = await host.Team();
        var both = await host.Data.Staff(
            (Role.FirstReviewer, TestData.ProvinceKey, null), (Role.SecondReviewer, TestData.ProvinceKey, null));
        var edition = await host.Submitted(team);
        await host.Decide(both, edition.Id);

        var answer = await host.Decide(both, edition.Id);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("您已完成该内容的其他审次，三审须由不同人员完成。", answer.Errors);
        Assert.Equal(EditionState.AwaitingSecondReview, (await host.Edition(edition.Id)).State);
        Assert.Equal(1, await host.Refusals(both));
    }

    [Fact]
    public async Task Who_comes_second_is_told_by_whom_it_was_decided_keeps_the_opinion_and_is_not_accused()
    {
        var team = await host.Team();
        // The second one might also decide the next stage: what was written for this one does not count there.
        var others = new[]
        {
            await host.Data.Staff(Role.FirstReviewer),
            await host.Data.Staff(
                (Role.FirstReviewer, TestData.ProvinceKey, null), (Role.SecondReviewer, TestData.ProvinceKey, null)),
        };
        foreach (var other in others)
        {
            var edition = await host.Submitted(team);
            await host.SignInAs(team.First);
            await host.SignInAs(other);

            var answers = await Task.WhenAll(
                host.Decide(team.First, edition.Id, opinion: "先到的意见", stage: ReviewStage.First),
                host.Decide(other, edition.Id, opinion: "先到的意见", stage: ReviewStage.First));

            Assert.Equal(
                [HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
            var late = answers.Single(answer => answer.Status == HttpStatusCode.Conflict);
            Assert.Contains("该版本的初审已由他人处理", Assert.Single(late.Errors.Distinct()), StringComparison.Ordinal);
            Assert.Contains("先到的意见", late.Document.QuerySelector("#Opinion")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(EditionState.AwaitingSecondReview, (await host.Edition(edition.Id)).State);
            Assert.Equal(0, await host.Refusals(other) + await host.Refusals(team.First));
        }
    }

    [Fact]
    public async Task What_one_has_decided_oneself_is_said_and_what_a_colleague_finished_can_be_read()
    {
        var team = await host.Team();
        var colleague = await host.Data.Staff(Role.FirstReviewer);
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id, stage: ReviewStage.First);

        // With the stage, as the page sends it, and without, as a page from before would.
        foreach (var stage in new ReviewStage?[] { ReviewStage.First, null })
        {
            var again = await host.Decide(team.First, edition.Id, opinion: "再次提交", stage: stage);
            Assert.Equal(HttpStatusCode.Conflict, again.Status);
            Assert.Contains("该版本的初审您已经办理，不必再次提交。", again.Errors);
            Assert.Contains("再次提交", again.Document.QuerySelector("#Opinion")!.TextContent, StringComparison.Ordinal);
        }

        await host.Decide(team.Second, edition.Id, stage: ReviewStage.Second);
        await host.Decide(team.Releaser, edition.Id, stage: ReviewStage.Release);
        var over = await host.Decide(colleague, edition.Id, opinion: "来晚了", stage: ReviewStage.First);
        var read = await (await host.SignInAs(colleague)).Get($"/console/editions/{edition.Id}/reviews");

        Assert.Equal(HttpStatusCode.Conflict, over.Status);
        Assert.Contains("来晚了", over.Document.QuerySelector("#Opinion")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Null(read.Document.QuerySelector("button[name=Decision]"));
        Assert.Equal(0, await host.Refusals(team.First) + await host.Refusals(colleague));
    }

    [Fact]
    public async Task A_refusal_names_the_edition_and_what_was_refused()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team, "被人越权的稿件");

        // Never had the right for the stage it names: no race, whatever the form says.
        var answer = await host.Decide(team.Releaser, edition.Id, stage: ReviewStage.First);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(
            $"edition {edition.Id} 被人越权的稿件 ReviewEdition",
            await host.Owner(
                """
                select concat_ws(' ', payload->>'objectType', payload->>'objectId', payload->>'objectTitle',
                    payload->'facts'->>'request')
                from host.outbox where payload->>'action' = 'host.request.refused' and payload->>'actorId' = $1
                """,
                team.Releaser.Id.ToString()));
    }

    [Fact]
    public async Task The_stage_comes_from_the_edition_never_from_the_form()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);
        var browser = await host.SignInAs(team.Releaser);

        var answer = await browser.Post(
            $"/console/editions/{edition.Id}/reviews",
            new()
            {
                ["ContentHash"] = edition.ContentHash,
                ["Opinion"] = "同意。",
                ["Decision"] = "approve",
                ["Stage"] = "Release",
                ["State"] = "AwaitingRelease",
            },
            "/console/reviews");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(1, await host.Refusals(team.Releaser));
        Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(edition.Id)).State);
        Assert.Empty(await host.ReviewsOf(edition.Id));
    }

    [Fact]
    public async Task A_hash_of_other_content_is_a_conflict_that_keeps_the_opinion()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        var answer = await host.Decide(team.First, edition.Id, opinion: "写了很久的意见", hash: new string('0', 64));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("内容在您打开之后已有变动，请查看最新内容后再作决定。", answer.Errors);
        Assert.Contains("写了很久的意见", answer.Document.QuerySelector("#Opinion")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await host.ReviewsOf(edition.Id));
    }

    [Fact]
    public async Task An_edition_of_a_site_that_is_not_mine_does_not_exist()
    {
        var edition = await host.Submitted(await host.Team("yunpu"));
        var stranger = await host.Data.Staff(Role.FirstReviewer, "jyt");

        Assert.Equal(HttpStatusCode.NotFound, (await host.Decide(stranger, edition.Id)).Status);
        var browser = await host.SignInAs(stranger);
        foreach (var path in new[] { "reviews", "emergency-publication", "schedule-cancellation" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/console/editions/{edition.Id}/{path}")).Status);
        }
    }

    [Fact]
    public async Task A_grant_above_reaches_down_and_a_grant_on_a_channel_reaches_no_further()
    {
        var channel = await host.Channel("lanqiao");
        var edition = await host.Submitted(await host.Team("lanqiao", channel));
        var beside = await host.Channel("lanqiao");
        var above = await host.Data.Staff(Role.FirstReviewer, "yunpu");
        var elsewhere = await host.Data.Staff(Role.FirstReviewer, "lanqiao", beside.Id);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Decide(elsewhere, edition.Id)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await host.Decide(above, edition.Id)).Status);
    }

    [Fact]
    public async Task Without_an_antiforgery_token_nothing_is_decided()
    {
        var edition = await host.Submitted(await host.Team());
        var reviewer = await host.Data.Staff(Role.FirstReviewer);
        var browser = await host.SignInAs(reviewer);

        var answer = await browser.PostRaw(
            $"/console/editions/{edition.Id}/reviews",
            [new("ContentHash", edition.ContentHash), new("Opinion", "同意。"), new("Decision", "approve"), new("SecrecyChecked", "true")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Empty(await host.ReviewsOf(edition.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("\u0007\u200b\u202e")]
    public async Task An_opinion_is_required_to_approve_and_to_return(string opinion)
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        foreach (var decision in new[] { "approve", "return" })
        {
            var answer = await host.Decide(team.First, edition.Id, decision, opinion);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains("请填写审查意见。", answer.Errors);
        }
    }

    [Fact]
    public async Task An_opinion_is_kept_as_people_read_it_and_refused_when_too_long()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        var refused = await host.Decide(team.First, edition.Id, opinion: string.Concat(Enumerable.Repeat("𠮷", 501)));
        await host.Decide(team.First, edition.Id, opinion: " 𠮷同意\u202e。\r\n<b>第二行</b>\u0007 ");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("𠮷同意。\n<b>第二行</b>", Assert.Single(await host.ReviewsOf(edition.Id)).Opinion);
        var page = await (await host.SignInAs(team.Second)).Get($"/console/editions/{edition.Id}/reviews");
        Assert.Contains("<b>第二行</b>", page.Document.QuerySelector(".c-history__opinion")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_review_needs_the_secrecy_check_and_a_decision()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        var unchecked_ = await host.Decide(team.First, edition.Id, secrecy: false);
        var undecided = await host.Decide(team.First, edition.Id, decision: "publish");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unchecked_.Status);
        Assert.Contains("初审须确认已完成保密审查。", unchecked_.Errors);
        // What the form lacks is told at once.
        Assert.Equal(2, (await host.Decide(team.First, edition.Id, opinion: "", secrecy: false, stage: ReviewStage.First)).Errors.Count);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, undecided.Status);
        Assert.Empty(await host.ReviewsOf(edition.Id));
        Assert.Equal(
            HttpStatusCode.Redirect, (await host.Decide(team.First, edition.Id, "return", secrecy: false)).Status);
    }

    [Fact]
    public async Task After_a_decision_the_next_edition_opens()
    {
        var team = await host.Team("jyt", await host.Channel("jyt"));
        var own = await host.Data.Staff(Role.FirstReviewer, "jyt", team.Channel.Id);
        var one = await host.Submitted(team, "第一件");
        var two = await host.Submitted(team, "第二件");

        var answer = await host.Decide(own, one.Id);

        Assert.Equal($"/console/editions/{two.Id}/reviews?done={one.Id}", answer.Location);
        var next = await (await host.SignInAs(own)).Get(answer.Location!);
        Assert.Contains("《第一件》已通过初审，转入审核。", next.Text, StringComparison.Ordinal);
        Assert.Contains("第二件", next.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_releases_at_once_exactly_one_wins()
    {
        var team = await host.Team();
        var other = await host.Data.Staff(Role.Releaser);
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id);
        await host.Decide(team.Second, edition.Id);
        await host.SignInAs(team.Releaser);
        await host.SignInAs(other);

        var answers = await Task.WhenAll(host.Decide(team.Releaser, edition.Id), host.Decide(other, edition.Id));

        Assert.Equal(
            [HttpStatusCode.Redirect, HttpStatusCode.Conflict],
            answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, (await host.Page(edition.DocumentId)).Sequence);
        Assert.Equal(3, (await host.ReviewsOf(edition.Id)).Count);
        Assert.Equal(1L, await host.Owner(
            "select count(*) from publishing.outbox where type like '%EditionPublished' and payload->>'editionId' = $1",
            edition.Id.ToString()));
    }

    [Fact]
    public async Task What_is_missing_is_said_at_submission()
    {
        var team = await host.Team();
        var draft = await host.Draft(team.Author, team.Channel);

        var answer = await host.Submit(team.Author, draft.Id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("正文为空，请填写正文或添加附件后再提交。", answer.Errors);
        Assert.Equal(EditionState.Draft, (await host.Edition(draft.Id)).State);
    }

    [Fact]
    public async Task A_submission_names_the_version_it_was_made_from()
    {
        var team = await host.Team();
        var edition = await host.Written(team);
        var browser = await host.SignInAs(team.Author);

        var answer = await browser.Post(
            $"/console/editions/{edition.Id}/submission", new() { ["Version"] = "1" }, $"/console/editions/{edition.Id}");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(EditionState.Draft, (await host.Edition(edition.Id)).State);
    }

    [Fact]
    public async Task A_path_has_one_owner_however_late_the_second_comes()
    {
        var team = await host.Team();
        var slug = "one-owner";
        var first = await host.Submitted(team, "先到", ("Slug", slug));
        var second = await host.Submitted(team, "后到", ("Slug", slug));
        await host.Approve(team, first.Id);
        await host.Decide(team.First, second.Id);
        await host.Decide(team.Second, second.Id);

        var answer = await host.Decide(team.Releaser, second.Id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains($"网址“{team.Channel.Path}/{slug}”已被其他页面使用，请修改网址后重新提交。", answer.Errors);
        Assert.Equal(EditionState.AwaitingRelease, (await host.Edition(second.Id)).State);
        Assert.Equal(2, (await host.ReviewsOf(second.Id)).Count);
        using var visitor = host.Visitor();
        Assert.Contains("先到", (await visitor.Get($"/{team.Channel.Path}/{slug}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_goes_through_the_reviews_and_leaves_a_redirect()
    {
        var team = await host.Team();
        var target = await host.Channel();
        var live = await host.Published(team);
        var browser = await host.SignInAs(team.Author);
        var proposed = await browser.Post(
            $"/console/documents/{live.DocumentId}/move",
            new() { ["EditionId"] = live.Id.ToString(), ["ChannelId"] = target.Id.ToString(), ["Slug"] = "moved" });
        var moved = Guid.Parse(proposed.Location!.Split('/')[3].Split('?')[0]);
        using var visitor = host.Visitor();
        await host.Submit(team.Author, moved);

        await host.Approve(team, moved);
        await host.DrainOutbox();

        var former = await visitor.Get(ReviewHost.PathOf(team, live));
        Assert.Equal(HttpStatusCode.MovedPermanently, former.Status);
        Assert.Equal($"/{target.Path}/moved", former.Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(former.Location!)).Status);
        Assert.Equal(
            PathKind.Moved,
            await host.Read(db => db.Paths.Where(row => row.Path == $"{team.Channel.Path}/{live.Slug}")
                .Select(row => row.Kind).SingleAsync()));
    }

    private async Task Recall(Team team, Edition edition)
    {
        var browser = await host.SignInAs(team.Author);
        var answer = await browser.Post(
            $"/console/editions/{edition.Id}/recall",
            new()
            {
                ["version"] = (await host.Edition(edition.Id)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Reason"] = "需要修改",
            },
            $"/console/editions/{edition.Id}");
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Text);
    }
}
