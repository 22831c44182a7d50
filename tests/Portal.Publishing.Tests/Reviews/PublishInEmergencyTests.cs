using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Publishing.Tests.Reviews;

[Collection(ReviewDesk.Name)]
public sealed class PublishInEmergencyTests(ReviewHost host)
{
    [Fact]
    public async Task It_is_public_at_once_and_stays_listed_until_somebody_else_has_looked()
    {
        var team = await host.Team();
        var other = await host.Data.Staff(Role.Releaser);
        var edition = await host.Written(team, "关于启动防汛应急响应的通知");

        var published = await Publish(team.Releaser, edition, "汛情紧急，不能等待三审。");
        await host.DrainOutbox();

        Assert.Equal("/console/emergency-publications?done=published", published.Location);
        using var visitor = host.Visitor();
        var page = await visitor.Get(ReviewHost.PathOf(team, edition));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        // No review is promised that the workflow does not know.
        Assert.Contains("本页为应急发布，发布后须经复核。", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.Decisions("publishing.edition.emergency-published", edition.Id));
        var list = await (await host.SignInAs(other)).Get("/console/emergency-publications");
        Assert.Contains("汛情紧急，不能等待三审。", list.Text, StringComparison.Ordinal);
        Assert.Contains("防汛应急响应", (await (await host.SignInAs(other)).Get("/console")).Text, StringComparison.Ordinal);
        var id = await host.Read(db => db.EmergencyPublications
            .Where(row => row.EditionId == edition.Id).Select(row => row.Id).SingleAsync());

        var own = await Look(team.Releaser, id, "没有问题。");
        var silent = await Look(other, id, " ");
        var looked = await Look(other, id, "已核对，内容准确。");
        var again = await Look(other, id, "再看一次。");

        Assert.Equal(HttpStatusCode.Forbidden, own.Status);
        Assert.Equal(1, await host.Refusals(team.Releaser));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Contains("请填写审查意见。", silent.Errors);
        Assert.Equal("/console/emergency-publications?done=looked", looked.Location);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(1, await host.Decisions("publishing.edition.second-looked", edition.Id));
        var open = await (await host.SignInAs(other)).Get("/console/emergency-publications");
        Assert.DoesNotContain("防汛应急响应", open.Text, StringComparison.Ordinal);
        var all = await (await host.SignInAs(other)).Get("/console/emergency-publications?all=true");
        Assert.Contains("已核对，内容准确。", all.Text, StringComparison.Ordinal);
        // Whoever reads the page, or the edition in the console, learns that it was looked at and when.
        var at = BeijingTime.Minute(await host.Read(db => db.SecondLooks
            .Where(row => row.EmergencyPublicationId == id).Select(row => row.At).SingleAsync()));
        var after = await visitor.Get(ReviewHost.PathOf(team, edition));
        Assert.Contains($"本页为应急发布，已于{at}完成复核。", after.Text, StringComparison.Ordinal);
        var screen = await (await host.SignInAs(other)).Get($"/console/editions/{edition.Id}/reviews");
        Assert.Contains($"已于{at}完成复核：已核对，内容准确。", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wrote_it_may_not_give_the_second_look()
    {
        var team = await host.Team();
        var writer = await host.Data.Staff(
            (Role.Author, TestData.ProvinceKey, null), (Role.Releaser, TestData.ProvinceKey, null));
        var edition = await host.Written(team with { Author = writer });
        await Publish(team.Releaser, edition, "紧急。");
        var id = await host.Read(db => db.EmergencyPublications
            .Where(row => row.EditionId == edition.Id).Select(row => row.Id).SingleAsync());

        Assert.Equal(HttpStatusCode.Forbidden, (await Look(writer, id, "没有问题。")).Status);
    }

    [Fact]
    public async Task It_is_a_permission_of_its_own()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        foreach (var person in new[] { team.Author, team.First, team.Second })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Publish(person, edition, "紧急。")).Status);
            Assert.Equal(1, await host.Refusals(person));
        }

        Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(edition.Id)).State);
    }

    [Theory]
    [InlineData("emergency-publication", "PublishInEmergency")]
    [InlineData("discarding", "DiscardEdition")]
    [InlineData("preview-link", "SharePreview")]
    [InlineData("schedule-cancellation", "CancelSchedule")]
    public async Task A_page_that_is_not_for_its_reader_leaves_the_refusal_in_the_trail(string page, string request)
    {
        var team = await host.Team();
        var edition = await host.Written(team);

        var answer = await (await host.SignInAs(team.First)).Get($"/console/editions/{edition.Id}/{page}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(1, await host.Refusals(team.First));
        Assert.Equal(edition.Id.ToString(), await host.Owner(
            """
            select payload->>'objectId' from host.outbox where payload->>'action' = 'host.request.refused'
              and payload->>'actorId' = $1 and payload->'facts'->>'request' = $2
            """,
            team.First.Id.ToString(), request));
    }

    [Fact]
    public async Task A_reason_a_text_and_the_content_that_was_seen_are_needed()
    {
        var team = await host.Team();
        var edition = await host.Written(team);
        var empty = await host.Draft(team.Author, team.Channel);

        var silent = await Publish(team.Releaser, edition, "");
        var stale = await Publish(team.Releaser, edition, "紧急。", new string('0', 64));
        var bare = await Publish(team.Releaser, empty, "紧急。");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Contains("请填写理由。", silent.Errors);
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.Status);
        Assert.Contains("正文为空，请填写正文或添加附件后再提交。", bare.Errors);
        Assert.Equal(EditionState.Draft, (await host.Edition(edition.Id)).State);
        Assert.False(await host.Read(db => db.EmergencyPublications.AnyAsync(row => row.EditionId == edition.Id)));
    }

    [Fact]
    public async Task The_form_says_what_will_happen()
    {
        var team = await host.Team();
        var edition = await host.Written(team);

        var form = await (await host.SignInAs(team.Releaser)).Get($"/console/editions/{edition.Id}/emergency-publication");
        var refused = await (await host.SignInAs(team.First)).Get($"/console/editions/{edition.Id}/emergency-publication");

        Assert.Contains("不经初审、审核、审发", form.Document.QuerySelector(".c-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    private async Task<Answer> Publish(Person person, Edition edition, string reason, string? hash = null) =>
        await (await host.SignInAs(person)).Post(
            $"/console/editions/{edition.Id}/emergency-publication",
            new() { ["ContentHash"] = hash ?? edition.ContentHash, ["Reason"] = reason },
            "/console/emergency-publications");

    private async Task<Answer> Look(Person person, Guid id, string opinion) =>
        await (await host.SignInAs(person)).Post(
            $"/console/emergency-publications/{id}/second-look", new() { ["Opinion"] = opinion }, "/console/emergency-publications");
}
