using System.Globalization;
using System.Net;
using Portal.Publishing.Documents;
using Portal.Testing;

namespace Portal.Publishing.Tests.Documents;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class RecallEditionTests(WritingHost host)
{
    [Fact]
    public async Task An_author_takes_an_edition_back_from_review()
    {
        var (author, edition) = await Awaiting();

        var answer = await Act(author, edition, "recall", "补充附件");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(EditionState.Draft, (await host.Edition(edition.Id)).State);
        Assert.Equal(1, await host.Decisions("publishing.edition.recalled", edition.Id));
    }

    [Fact]
    public async Task Submitted_again_as_it_was_it_goes_on_where_it_stood()
    {
        var author = await host.Author();
        var edition = await host.Draft(author, await host.Channel());
        await Submit(author, edition, "正文");
        edition = await host.Edition(edition.Id);
        await host.Use<PublishingDbContext>(async db =>
        {
            db.Reviews.Add(ThreeReviews.Approval(edition, ReviewStage.First, host.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
        });

        await Act(author, edition, "recall", "再看一遍");
        await Submit(author, edition, "正文");
        Assert.Equal(EditionState.AwaitingSecondReview, (await host.Edition(edition.Id)).State);

        await Act(author, await host.Edition(edition.Id), "recall", "改一处");
        await Submit(author, edition, "改过的正文");
        Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(edition.Id)).State);
    }

    [Fact]
    public async Task Who_did_not_write_it_does_not_take_it_back()
    {
        var (_, edition) = await Awaiting();

        var answer = await Act(await host.Author(), edition, "recall", "越权");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(EditionState.AwaitingFirstReview, (await host.Edition(edition.Id)).State);
    }

    [Fact]
    public async Task A_reason_is_required_and_a_stale_version_refused()
    {
        var (author, edition) = await Awaiting();

        Assert.Equal(["请填写理由"], (await Act(author, edition, "recall", "")).Errors);
        Assert.Equal(HttpStatusCode.Conflict, (await Act(author, edition, "recall", "理由", version: 99)).Status);
    }

    [Fact]
    public async Task A_draft_is_discarded_with_a_reason_and_stays_in_the_record()
    {
        var author = await host.Author();
        var edition = await host.Draft(author, await host.Channel());

        Assert.Equal(["请填写理由"], (await Act(author, edition, "discarding", " ")).Errors);
        Assert.Equal(HttpStatusCode.Conflict, (await Act(author, edition, "discarding", "理由", version: 99)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Act(author, edition, "discarding", "重复起草")).Status);

        Assert.Equal(EditionState.Discarded, (await host.Edition(edition.Id)).State);
        Assert.Equal(1, await host.Decisions("publishing.edition.discarded", edition.Id));
    }

    [Fact]
    public async Task Under_review_nothing_is_discarded()
    {
        var (author, edition) = await Awaiting();

        Assert.Equal(HttpStatusCode.Conflict, (await Act(author, edition, "discarding", "理由")).Status);
    }

    private async Task<(Person Author, Edition Edition)> Awaiting()
    {
        var author = await host.Author();
        var edition = await host.Draft(author, await host.Channel());
        await host.Put(edition.Id, EditionState.AwaitingFirstReview);
        return (author, await host.Edition(edition.Id));
    }

    private async Task<Answer> Act(Person person, Edition edition, string act, string reason, int? version = null) =>
        await (await host.SignInAs(person)).Post(
            WritingHost.Path(edition) + "/" + act,
            new() { ["version"] = (version ?? edition.Version).ToString(CultureInfo.InvariantCulture), ["Reason"] = reason },
            WritingHost.Path(edition));

    private async Task Submit(Person author, Edition edition, string body)
    {
        var browser = await host.SignInAs(author);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)), ("bodyText", body), ("act", "submit"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(WritingHost.Path(edition), form)).Status);
    }
}
