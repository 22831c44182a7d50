using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.AnnualReports.FollowReports;
using Portal.Disclosure.Openness;
using Portal.Publishing.Contracts;
using Portal.Shared.Settings;

namespace Portal.Disclosure.Directory.UpdateEntries;

/// <summary>
/// A document's public edition changed: its entry follows. The fact is only the occasion; what the document is now is
/// asked for, so that facts in any order lead to the same entry. The clocks of its openness stop, and those of the policies
/// that it interprets.
/// </summary>
internal sealed class OnEditionPublished(
    DisclosureDbContext db, DocumentEntries entries, OpennessItems items, FollowReports reports, ISettings settings)
    : INotificationHandler<EditionPublished>
{
    public async Task Handle(EditionPublished notification, CancellationToken cancellationToken)
    {
        if (notification.Language != "zh-CN")
        {
            return;
        }

        await reports.FollowAsync(notification, cancellationToken);
        await settings.EnsureLoadedAsync(cancellationToken);
        if (settings.For<DisclosureSettings>(notification.SiteId).Types.Contains(notification.Type)
            || await db.Entries.AnyAsync(entry => entry.DocumentId == notification.DocumentId, cancellationToken))
        {
            await entries.RenewAsync(
                [(notification.DocumentId, notification.SiteId)], notification.ActorId, cancellationToken);
        }

        await items.RenewAsync([notification.DocumentId, .. notification.Interprets], cancellationToken);
        if (notification.Status == "Page")
        {
            await items.RestartAsync(notification.SiteId, notification.Lineage, notification.OccurredAt, cancellationToken);
        }
    }
}
