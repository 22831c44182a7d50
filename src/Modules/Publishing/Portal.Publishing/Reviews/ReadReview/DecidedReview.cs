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
        if (found is null)
        {
            return null;
        }

        var title = BookTitle.Inside(found.Title);
        return found switch
        {
            { Decision: ReviewDecision.Returned } => text["Decided.Returned", title],
            { Stage: ReviewStage.First } => text["Decided.First", title],
            { Stage: ReviewStage.Second } => text["Decided.Second", title],
            { State: EditionState.Scheduled, PublishAt: { } at, Unpublishing: { } kind } =>
                text["Decided.Scheduled.Takes", title, text["Takes." + kind].Value, BeijingTime.Minute(at)],
            { Unpublishing: { } kind } => text["Decided.Released.Takes", title, text["Takes." + kind].Value],
            { State: EditionState.Scheduled, PublishAt: { } at } => text["Decided.Scheduled", title, BeijingTime.Minute(at)],
            _ => text["Decided.Released", title],
        };
    }
}
