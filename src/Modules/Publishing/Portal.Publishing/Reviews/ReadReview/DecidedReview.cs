using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Ui;

namespace Portal.Publishing.Reviews.ReadReview;

/// <summary>Says after a decision what it did, on whatever page comes next.</summary>
internal sealed class DecidedReview(PublishingDbContext db, ICurrentActor current, IStringLocalizer<ReviewText> text)
{
    /// <summary>The last decision of this person on an edition; null when there is none to speak of.</summary>
    public async Task<string?> SayAsync(string? editionId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(editionId, out var id) || current.Actor is not { } actor)
        {
            return null;
        }

        var found = await (
            from review in db.Reviews.AsNoTracking()
            join edition in db.Editions on review.EditionId equals edition.Id
            where review.EditionId == id && review.PersonId == actor.Id
            orderby review.At descending
            select new { review.Decision, review.Stage, edition.Title, edition.State, edition.PublishAt, edition.Unpublishing })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (string)(found switch
        {
            { Decision: ReviewDecision.Returned } => text["Decided.Returned", found.Title],
            { Stage: ReviewStage.First } => text["Decided.First", found.Title],
            { Stage: ReviewStage.Second } => text["Decided.Second", found.Title],
            { State: EditionState.Scheduled, PublishAt: { } at, Unpublishing: { } kind } =>
                text["Decided.Scheduled.Takes", found.Title, text["Takes." + kind].Value, BeijingTime.Minute(at)],
            { Unpublishing: { } kind } => text["Decided.Released.Takes", found.Title, text["Takes." + kind].Value],
            { State: EditionState.Scheduled, PublishAt: { } at } => text["Decided.Scheduled", found.Title, BeijingTime.Minute(at)],
            _ => text["Decided.Released", found.Title],
        });
    }
}
