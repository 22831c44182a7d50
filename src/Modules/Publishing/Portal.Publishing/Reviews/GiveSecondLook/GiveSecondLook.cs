using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.GiveSecondLook;

/// <summary>Somebody else's look at an emergency publication; it takes the flag away.</summary>
public sealed record GiveSecondLook : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Release;

    /// <summary>The emergency publication.</summary>
    public Guid EmergencyPublicationId { get; init; }

    /// <summary>What the look found.</summary>
    public string Opinion { get; init; } = "";
}

internal sealed class GiveSecondLookValidator : AbstractValidator<GiveSecondLook>
{
    public const int OpinionLength = 500;

    public GiveSecondLookValidator(IStringLocalizer<ReviewText> text)
    {
        RuleFor(look => look.Opinion)
            .Paragraphs(OpinionLength, text["OpinionRequired"], text["OpinionTooLong", OpinionLength]);
    }
}

internal sealed class GiveSecondLookHandler(
    PublishingDbContext db, EditionScope scope, IPageCache pages, TimeProvider clock, IStringLocalizer<ReviewText> text)
    : IRequestHandler<GiveSecondLook, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(GiveSecondLook request, CancellationToken cancellationToken)
    {
        var publication = await db.EmergencyPublications.SingleOrDefaultAsync(
            row => row.Id == request.EmergencyPublicationId, cancellationToken);
        if (publication is null)
        {
            return Failure.NotFound;
        }

        var found = await scope.FindAsync(publication.EditionId, Permission.Release, cancellationToken);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        var (edition, actor) = (found.Value.Edition, found.Value.Actor);
        if (publication.PersonId == actor.Id || edition.Contributors.Contains(actor.Id))
        {
            return found.Value.Forbidden(new FieldError("", text["OwnEmergency"]));
        }

        var now = clock.GetUtcNow();
        db.SecondLooks.Add(new SecondLook
        {
            Id = Guid.CreateVersion7(now),
            SiteId = publication.SiteId,
            EmergencyPublicationId = publication.Id,
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            Opinion = FormRules.Paragraphs(request.Opinion),
            At = now,
        });
        db.Record(EditionDecisions.Of("second-looked", edition, actor, now, FormRules.Paragraphs(request.Opinion)));
        if (await db.TrySaveAsync(cancellationToken, AlreadyLookedAt) is { } lost)
        {
            return lost;
        }

        // The page says that it was looked at.
        await pages.EvictAsync([CacheTags.Document(edition.DocumentId)], cancellationToken);
        return Done.Value;
    }

    private Failure? AlreadyLookedAt(DbUpdateException exception) => exception.Breaks(SecondLookConfiguration.OnlyOne)
        ? new Failure(FailureKind.Conflict, [new FieldError("", text["AlreadyLookedAt"])])
        : null;
}
