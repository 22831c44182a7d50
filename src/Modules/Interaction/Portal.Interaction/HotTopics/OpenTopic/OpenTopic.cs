using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics.OpenTopic;

/// <summary>Enters a topic that somebody noticed into the register of a site (Opinion art. 3).</summary>
internal sealed record OpenTopic : IRequest<Outcome<OpenedTopic>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid? SiteId { get; init; }

    public string Title { get; init; } = "";

    public string Concern { get; init; } = "";

    public DateTimeOffset? NoticedAt { get; init; }

    public TopicSourceKind Source { get; init; }

    public string Reference { get; init; } = "";

    public string Note { get; init; } = "";
}

internal sealed record OpenedTopic(Guid Id, string Number);

internal sealed class OpenTopicHandler(
    InteractionDbContext db, TopicIntake intake, ISites sites, ICurrentActor current, IStringLocalizer<TopicDeskText> text)
    : IRequestHandler<OpenTopic, Outcome<OpenedTopic>>
{
    public async Task<Outcome<OpenedTopic>> Handle(OpenTopic request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var site = request.SiteId is { } siteId ? sites.ById(siteId) : null;
        if (site is not null && !actor.Can(Permission.ManageHotTopics, site))
        {
            return Failure.OutOfScope with { About = new FailureObject("site", site.Id.ToString(), site.Name) };
        }

        var topic = new NewTopic(site?.Id ?? Guid.Empty, request.Title, request.NoticedAt, request.Source, request.Reference)
        {
            Concern = request.Concern,
            Note = request.Note,
        };
        if (site is null)
        {
            return new Failure(FailureKind.Invalid, [new FieldError(nameof(request.SiteId), text["Fault.Site"]), .. intake.FaultsOf(topic)]);
        }

        // A form sent twice, or a matter that a colleague has entered already, makes one topic.
        var title = PublicText.Line(topic.Title);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({site.Id + title}, 0))", cancellationToken);
        if (await db.HotTopics.Where(row => row.SiteId == site.Id && row.Title == title && row.ClosedAt == null)
            .Select(row => row.Number).FirstOrDefaultAsync(cancellationToken) is { } there)
        {
            return Failure.Invalid(nameof(request.Title), text["Fault.TitleThere", there]);
        }

        var opened = await intake.OpenAsync(topic, actor, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Failure;
        }

        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is { } lost)
        {
            return lost;
        }

        await transaction.CommitAsync(cancellationToken);
        return new OpenedTopic(opened.Value.Id, opened.Value.Number);
    }
}
