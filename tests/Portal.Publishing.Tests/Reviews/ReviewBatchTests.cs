using System.Net;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;

namespace Portal.Publishing.Tests.Reviews;

[Collection(ReviewDesk.Name)]
public sealed class ReviewBatchTests(ReviewHost host)
{
    [Fact]
    public async Task Bad_items_never_stop_the_good_ones()
    {
        var team = await host.Team("jyt");
        var good = await host.Submitted(team, "好的一件");
        var stale = await host.Submitted(team, "改过的一件");
        var own = await host.Submitted(team with { Author = await Both() }, "自己写的一件");
        var foreign = await host.Submitted(await host.Team("yunpu"), "外站的一件");
        var person = _both!;

        var answer = await Post(
            person,
            $"{own.Id}:{own.ContentHash}", $"{stale.Id}:{new string('0', 64)}", "nonsense", $"{foreign.Id}:{foreign.ContentHash}",
            $"{good.Id}:{good.ContentHash}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(EditionState.AwaitingSecondReview, (await host.Edition(good.Id)).State);
        foreach (var refused in new[] { stale, own, foreign })
        {
            Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(refused.Id)).State);
            Assert.Empty(await host.ReviewsOf(refused.Id));
        }

        var rows = answer.Document.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(5, rows.Count);
        Assert.Contains(rows, row => row.Contains("自己写的一件", StringComparison.Ordinal)
            && row.Contains("不能审查自己撰写的内容", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("改过的一件", StringComparison.Ordinal)
            && row.Contains("已有变动", StringComparison.Ordinal));
        Assert.DoesNotContain("外站的一件", answer.Text, StringComparison.Ordinal);
        // One's own text, and the other site's.
        Assert.Equal(2, await host.Refusals(person));
    }

    [Fact]
    public async Task A_withdrawal_released_with_others_says_that_it_took_effect_and_not_that_it_is_public()
    {
        var team = await host.Team();
        var live = await host.Published(team, "批量撤回的公告");
        var proposed = await (await host.SignInAs(team.Author)).Post(
            $"/console/editions/{live.Id}/withdrawal", new() { ["Kind"] = "Withdrawn", ["Reason"] = "数据有误。" });
        var id = Guid.Parse(proposed.Location!.Split('/')[3].Split('?')[0]);
        var withdrawal = await host.Edition(id);
        await host.Decide(team.First, id);
        await host.Decide(team.Second, id);

        var answer = await Post(team.Releaser, $"{id}:{withdrawal.ContentHash}:Release");

        var row = Assert.Single(answer.Document.QuerySelectorAll("tbody tr"));
        Assert.Equal("已撤下", row.QuerySelector(".p-tag")!.TextContent);
        Assert.Contains("撤回已生效。", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_edition_of_a_batch_gets_a_review_of_its_own()
    {
        var team = await host.Team();
        var one = await host.Submitted(team);
        var two = await host.Submitted(team);

        await Post(team.First, $"{one.Id}:{one.ContentHash}:First", $"{two.Id}:{two.ContentHash}");

        foreach (var edition in new[] { one, two })
        {
            var review = Assert.Single(await host.ReviewsOf(edition.Id));
            Assert.Equal((edition.ContentHash, "均已核对。", true), (review.ContentHash, review.Opinion, review.SecrecyChecked));
            Assert.Equal(1, await host.Decisions("publishing.edition.first-reviewed", edition.Id));
        }
    }

    [Fact]
    public async Task Nothing_chosen_or_no_opinion_is_said_and_what_was_chosen_stays()
    {
        var channel = await host.Channel("jyt");
        var team = await host.Team("jyt", channel);
        var reviewer = await host.Data.Staff(Role.FirstReviewer, "jyt", channel.Id);
        var edition = await host.Submitted(team);
        var browser = await host.SignInAs(reviewer);
        var chosen = $"{edition.Id}:{edition.ContentHash}:First";

        var none = await browser.Post("/console/reviews", new() { ["Opinion"] = "同意。" });
        var silent = await browser.Post("/console/reviews", new() { ["Chosen"] = chosen, ["SecrecyChecked"] = "true" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.Status);
        Assert.Contains("请先勾选要处理的稿件。", none.Errors);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Contains("请填写审查意见。", silent.Errors);
        Assert.True(silent.Document.QuerySelector($"input[value='{chosen}']")!.HasAttribute("checked"));
        Assert.Empty(await host.ReviewsOf(edition.Id));
    }

    private Testing.Person? _both;

    private async Task<Testing.Person> Both() => _both = await host.Data.Staff(
        (Role.Author, "jyt", null), (Role.FirstReviewer, "jyt", null));

    private async Task<Testing.Answer> Post(Testing.Person person, params string[] chosen)
    {
        var browser = await host.SignInAs(person);
        var token = (await browser.Get("/console/reviews")).Token!;
        return await browser.PostRaw(
            "/console/reviews",
            [
                new("_token", token), new("Opinion", "均已核对。"), new("SecrecyChecked", "true"),
                .. chosen.Select(value => new KeyValuePair<string, string>("Chosen", value)),
            ]);
    }
}
