using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Testing;

namespace Portal.Publishing.Tests.Documents;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class DraftNextEditionTests(WritingHost host)
{
    [Fact]
    public async Task The_next_edition_begins_as_the_live_one_and_leaves_it_alone()
    {
        var (author, live) = await Live();

        var answer = await Draft(author, live);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var next = await Working(live);
        Assert.Equal((2, EditionState.Draft, live.Id), (next.Number, next.State, next.BasedOn));
        Assert.Equal(live.Title, next.Title);
        Assert.Equal(EditionState.Live, (await host.Edition(live.Id)).State);
    }

    [Fact]
    public async Task A_second_one_goes_to_the_first()
    {
        var (author, live) = await Live();
        var colleague = await host.Author();

        var answers = await Task.WhenAll(Draft(author, live), Draft(colleague, live));

        Assert.Equal(answers[0].Location, answers[1].Location);
        Assert.Equal(1, await host.Read(db => db.Editions.CountAsync(row => row.DocumentId == live.DocumentId && row.State == EditionState.Draft)));
    }

    [Fact]
    public async Task With_a_scheduled_edition_it_asks_and_never_cancels_it()
    {
        var (author, live) = await Live();
        await Draft(author, live);
        var scheduled = await Working(live);
        await Schedule(scheduled);

        var asked = await Draft(author, live, from: null);
        var chosen = await Draft(author, live, from: live.Id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Equal(["请选择以哪个版本为基础"], asked.Errors);
        Assert.Equal(2, asked.Document.QuerySelectorAll("input[name=From]").Length);
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        Assert.Equal(EditionState.Scheduled, (await host.Edition(scheduled.Id)).State);
        Assert.Equal(live.Id, (await Working(live)).BasedOn);
    }

    [Fact]
    public async Task A_document_of_another_site_is_not_there()
    {
        var (_, live) = await Live();
        var stranger = await host.Author("lanqiao");
        await host.Channel("lanqiao");

        Assert.Equal(HttpStatusCode.NotFound, (await Draft(stranger, live, "/console/documents/new")).Status);
    }

    private async Task<(Person Author, Edition Live)> Live()
    {
        var author = await host.Author();
        return (author, await host.Live(author, await host.Channel()));
    }

    private async Task<Answer> Draft(Person person, Edition live, string? page = null) =>
        await (await host.SignInAs(person)).Post(
            $"/console/documents/{live.DocumentId}/editions", [], page ?? $"/console/documents/{live.DocumentId}/editions/new");

    private async Task<Answer> Draft(Person person, Edition live, Guid? from) =>
        await (await host.SignInAs(person)).Post(
            $"/console/documents/{live.DocumentId}/editions",
            from is { } id ? new() { ["From"] = id.ToString() } : [],
            $"/console/documents/{live.DocumentId}/editions/new");

    private Task<Edition> Working(Edition live) => host.Read(db => db.Editions.AsNoTracking()
        .SingleAsync(row => row.DocumentId == live.DocumentId && row.State == EditionState.Draft));

    private Task Schedule(Edition edition) => host.Use<PublishingDbContext>(async db =>
    {
        db.EmergencyPublications.Add(new EmergencyPublication
        {
            Id = Guid.CreateVersion7(),
            SiteId = edition.SiteId,
            EditionId = edition.Id,
            ContentHash = edition.ContentHash,
            PersonId = Guid.CreateVersion7(),
            PersonName = "审发人",
            Unit = "测试单位",
            Reason = "测试",
            At = host.Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        await db.Editions.Where(row => row.Id == edition.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, EditionState.Scheduled)
            .SetProperty(row => row.PublishAt, host.Clock.GetUtcNow().AddDays(3)));
    });
}
