using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Reviews.SubmitEdition;

/// <summary>Submits a draft to the first review. What is missing is said now, not by a reviewer tomorrow.</summary>
internal sealed record SubmitEdition(Guid EditionId, int Version) : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.WriteDocuments;
}

internal sealed class SubmitEditionHandler(
    PublishingDbContext db,
    EditionScope scope,
    SubmissionCheck check,
    TimeProvider clock,
    IStringLocalizer<ReviewText> text)
    : IRequestHandler<SubmitEdition, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SubmitEdition request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        var (edition, document, channel, _, actor) = found.Value;
        if (edition.Version != request.Version)
        {
            return Failure.Conflict;
        }

        if (!edition.IsEditable)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["NotEditable"])]);
        }

        var now = clock.GetUtcNow();
        var errors = await check.ProblemsAsync(edition, document, channel, now, cancellationToken);
        if (edition.PublishAt <= now)
        {
            errors.Add(new FieldError(nameof(Edition.PublishAt), text["PublishAtPassed"]));
        }

        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        edition.State = EditionState.AwaitingFirstReview;
        edition.SubmittedAt = now;
        edition.ContentHash = ContentHash.Of(edition);
        edition.Version++;
        db.Record(EditionDecisions.Of("submitted", edition, actor, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Failure.Conflict;
        }

        return Done.Value;
    }
}
