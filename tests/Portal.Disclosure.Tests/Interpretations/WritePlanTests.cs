using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Disclosure.Contracts;
using Portal.Disclosure.Openness;
using Portal.Disclosure.Tests.Openness;
using Portal.Publishing;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Interpretations;

/// <summary>Policies and their interpretations: planned before 审发, published together (S-06, Q-01 to Q-05, G-28).</summary>
public sealed class WritePlanTests(OpennessHost host) : IClassFixture<OpennessHost>
{
    [Fact]
    public async Task A_policy_without_a_plan_does_not_enter_the_third_review()
    {
        var edition = await host.OnItsWay(await host.Channel(), EditionState.AwaitingSecondReview);
        var reviewer = await host.SignInAs(await host.Data.Staff(Role.SecondReviewer));
        var refused = await Approve(reviewer, edition);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Errors, error => error.Contains("解读方案", StringComparison.Ordinal));
        Assert.Equal(EditionState.AwaitingSecondReview, (await StateOf(edition)));
        var screen = await reviewer.Get($"/console/editions/{edition.Id}/reviews");
        Assert.NotNull(screen.Document.QuerySelector($"#Interpretation a[href='{PathOf(edition)}']"));

        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        var written = await Write(author, edition, Plan());
        Assert.True(written.Status == HttpStatusCode.Redirect, string.Join('\n', written.Errors));
        Assert.Contains("图表图解", (await reviewer.Get($"/console/editions/{edition.Id}/reviews")).Text, StringComparison.Ordinal);
        var approved = await Approve(reviewer, edition);
        Assert.True(approved.Status == HttpStatusCode.Redirect, string.Join('\n', approved.Errors));
        Assert.Equal(EditionState.AwaitingRelease, await StateOf(edition));
        var decision = Assert.Single(await host.DecisionsOn("disclosure.interpretation.planned", edition.DocumentId));
        Assert.Equal(("yes", "text,chart"), (decision.Facts["needed"], decision.Facts["forms"]));
    }

    [Fact]
    public async Task A_policy_that_is_public_already_is_not_asked_again()
    {
        var channel = await host.Channel();
        var live = await host.Publish(channel);
        var next = await host.OnItsWay(
            channel, EditionState.AwaitingSecondReview, change: edition => edition.Slug = live.Slug, document: live.DocumentId);
        var answer = await Approve(await host.SignInAs(await host.Data.Staff(Role.SecondReviewer)), next);
        Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
    }

    [Fact]
    public async Task That_it_needs_none_is_a_plan_with_its_reason()
    {
        var edition = await host.OnItsWay(await host.Channel());
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        var without = await author.Post(PathOf(edition), new() { ["Number"] = "0", ["Needed"] = "no", ["Reason"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Contains(without.Errors, error => error.Contains("理由", StringComparison.Ordinal));
        var answer = await author.Post(
            PathOf(edition), new() { ["Number"] = "0", ["Needed"] = "no", ["Reason"] = "人事任免，不涉及社会公众。" });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var check = Assert.Single(await Check(edition.DocumentId));
        Assert.Null(check.Problem);
        Assert.Contains("人事任免", check.Summary, StringComparison.Ordinal);
        Assert.Equal(
            "人事任免，不涉及社会公众。",
            Assert.Single(await host.DecisionsOn("disclosure.interpretation.planned", edition.DocumentId)).Opinion);
    }

    [Fact]
    public async Task What_is_missing_is_said_field_by_field()
    {
        var edition = await host.OnItsWay(await host.Channel());
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        var answer = await author.Post(PathOf(edition), new() { ["Number"] = "0", ["Needed"] = "yes", ["PlannedAt"] = "明天" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        foreach (var field in new[] { "Forms", "Outline", "Unit", "Person", "Channel", "PlannedAt" })
        {
            Assert.NotNull(answer.Document.QuerySelector($"#{field}-error"));
        }

        Assert.NotNull((await author.Post(PathOf(edition), new() { ["Number"] = "0" })).Document.QuerySelector("#Needed-error"));
        Assert.NotEmpty(Assert.Single(await Check(edition.DocumentId)).Problem!);
    }

    [Fact]
    public async Task Versions_are_kept_and_two_writers_do_not_overwrite_each_other()
    {
        var edition = await host.OnItsWay(await host.Channel());
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        Assert.Equal(HttpStatusCode.Redirect, (await Write(author, edition, Plan())).Status);
        var late = await Write(author, edition, Plan(outline: "另一份提纲"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("另一份提纲", late.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Write(author, edition, Plan(1, "另一份提纲"))).Status);
        var page = await author.Get(PathOf(edition));
        Assert.Equal(2, page.Document.QuerySelectorAll(".c-history__item").Length);
        var plans = await host.Read(db => db.InterpretationPlans.AsNoTracking()
            .Where(plan => plan.DocumentId == edition.DocumentId).OrderBy(plan => plan.Number).ToListAsync());
        Assert.Equal(["背景和依据", "另一份提纲"], plans.Select(plan => plan.Outline));

        await using var database = NpgsqlDataSource.Create(host.OwnerConnection);
        await using var change = database.CreateCommand("update disclosure.interpretation_plans set outline = ''");
        Assert.Equal("P0001", (await Assert.ThrowsAsync<PostgresException>(() => change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    [Fact]
    public async Task Those_who_only_review_read_it_and_other_sites_do_not_know_it()
    {
        var edition = await host.OnItsWay(await host.Channel("jyt"));
        var reviewer = await host.SignInAs(await host.Data.Staff(Role.FirstReviewer, "jyt"));
        Assert.Equal(HttpStatusCode.OK, (await reviewer.Get(PathOf(edition))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Write(reviewer, edition, Plan())).Status);
        var stranger = await host.SignInAs(await host.Data.Staff(Role.Author, "yunpu"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(PathOf(edition))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Write(stranger, edition, Plan())).Status);
    }

    [Fact]
    public async Task The_interpretation_is_due_on_the_day_of_the_policy_and_pairs_with_it()
    {
        var channel = await host.Channel();
        var policy = await host.Publish(channel);
        await host.DrainOutbox();
        var open = (await host.ItemOf(policy.DocumentId, OpennessKind.Interpretation))!;
        Assert.Null(open.DoneAt);
        Assert.Equal(Portal.Shared.Ui.BeijingTime.StartOf(host.Today.AddDays(1)), open.DueAt);
        Assert.False(open.IsLate(host.Clock.GetUtcNow()));
        Assert.True(open.IsLate(open.DueAt));

        await host.Publish(
            channel, edition => (edition.Interprets, edition.Fields) = ([policy.DocumentId], new(StringComparer.Ordinal)), type: "interpretation");
        await host.DrainOutbox();
        var paired = (await host.ItemOf(policy.DocumentId, OpennessKind.Interpretation))!;
        Assert.NotNull(paired.DoneAt);
        Assert.Equal(open.Id, paired.Id);
        Assert.False(paired.IsLate(paired.DueAt.AddDays(9)));
    }

    [Fact]
    public async Task A_policy_that_needs_none_is_not_listed_as_unpaired()
    {
        var policy = await host.Publish(await host.Channel());
        await host.DrainOutbox();
        Assert.NotNull(await host.ItemOf(policy.DocumentId, OpennessKind.Interpretation));
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        var answer = await author.Post(PathOf(policy), new() { ["Number"] = "0", ["Needed"] = "no", ["Reason"] = "事务性通知。" });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Null(await host.ItemOf(policy.DocumentId, OpennessKind.Interpretation));
    }

    private static string PathOf(Edition edition) => $"/console/disclosure/interpretations/{edition.DocumentId}";

    private static Dictionary<string, string> Plan(int number = 0, string outline = "背景和依据") => new()
    {
        ["Number"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Needed"] = "yes",
        ["Outline"] = outline,
        ["Unit"] = "云岭省人民政府办公厅",
        ["Person"] = "林晓",
        ["Channel"] = "政策解读栏目",
        ["PlannedAt"] = "2026-12-01T10:00",
    };

    // A box that may be ticked more than once is sent more than once.
    private static async Task<Answer> Write(Browser browser, Edition edition, Dictionary<string, string> plan)
    {
        var token = (await browser.Get("/console/account/password")).Token!;
        return await browser.PostRaw(
            PathOf(edition), [.. plan, new("Forms", "text"), new("Forms", "chart"), new("_token", token)]);
    }

    private Task<IReadOnlyList<InterpretationCheck>> Check(Guid document) => host.Use<ISender, IReadOnlyList<InterpretationCheck>>(
        sender => sender.Send(new CheckInterpretations(
            [new InterpretationQuestion(document, host.Site(TestData.ProvinceKey).Id, "policy"), new(Guid.CreateVersion7(), host.Site(TestData.ProvinceKey).Id, "article")])));

    private Task<EditionState> StateOf(Edition edition) => host.Use<PublishingDbContext, EditionState>(db =>
        db.Editions.Where(row => row.Id == edition.Id).Select(row => row.State).SingleAsync());

    private static Task<Answer> Approve(Browser reviewer, Edition edition) => reviewer.Post(
        $"/console/editions/{edition.Id}/reviews",
        new() { ["ContentHash"] = edition.ContentHash, ["Opinion"] = "同意。", ["Decision"] = "approve" },
        "/console/reviews");
}
