using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports;

/// <summary>The edition that a report waits for is the answer to it: who reported gets it without anybody doing a thing.</summary>
internal sealed class FollowCorrections(InteractionDbContext db, ErrorReportWriter writer, IPageCache cache)
{
    public async Task FollowAsync(EditionPublished published, CancellationToken cancellationToken)
    {
        // A page that is taken away needs words of its own.
        if (published.Status != "Page")
        {
            return;
        }

        var waiting = await db.ErrorReports
            .Where(row => row.DocumentId == published.DocumentId && row.State == ErrorState.Correcting)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return;
        }

        foreach (var report in waiting)
        {
            var found = await writer.CaseAsync(report, cancellationToken);
            // A fact may come late: what was on its way before anybody waited is not what was waited for. Nor is a page that
            // only moved.
            if (published.EditionId != report.EditionId && found.Events.Last(step => step.Trigger == ErrorTrigger.AwaitEdition).At <= published.OccurredAt)
            {
                await writer.TakeAsync(
                    found, new ErrorInput { Trigger = ErrorTrigger.Correct, CorrectedBy = published.EditionId }, ErrorParty.Platform, null,
                    cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await cache.EvictAsync([.. waiting.Select(report => CacheTags.ErrorReports(report.SiteId)).Distinct()], cancellationToken);
    }
}
