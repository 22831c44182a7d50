using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
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

        edition.ContentHash = ContentHash.Of(edition);
        var reviews = await db.Reviews.AsNoTracking()
            .Where(row => row.EditionId == edition.Id && row.ContentHash == edition.ContentHash)
            .ToListAsync(cancellationToken);
        if (reviews.Exists(row => row.Decision == ReviewDecision.Returned))
        {
            errors.Add(new FieldError(nameof(Edition.Body), text["UnchangedSinceReturn"]));
        }

        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        edition.State = StateAfter(reviews);
        edition.SubmittedAt = now;
        edition.Version++;
        db.Record(EditionDecisions.Of("submitted", edition, actor, now));
        if (await db.TrySaveAsync(cancellationToken) is { } lost)
        {
            return lost;
        }

        return Done.Value;
    }

    /// <summary>
    /// What was recalled and comes back unchanged goes on where it was: a review holds for the content it names. Any
    /// change begins with the first review again.
    /// </summary>
    private static EditionState StateAfter(List<Review> approvals) => approvals.Count switch
    {
        0 => EditionState.AwaitingFirstReview,
        1 => EditionState.AwaitingSecondReview,
        _ => EditionState.AwaitingRelease,
    };
}
