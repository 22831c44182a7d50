using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Shared.Sites;

namespace Portal.Interaction.Quotas;

/// <summary>A site and where it stands with each quota.</summary>
public sealed record SiteQuotas(SiteInfo Site, IReadOnlyList<QuotaStanding> Standings)
{
    /// <summary>Is there something to warn of?</summary>
    public bool NeedsWarning => Standings.Any(standing => standing.Stage is QuotaStage.Behind or QuotaStage.FarBehind or QuotaStage.Missed);
}

/// <summary>
/// Counts what the public can see: a consultation or survey whose notice is published, an interview whose transcript is.
/// What was never made public, or was taken away, counts as none.
/// </summary>
internal sealed class QuotaReader(InteractionDbContext db)
{
    /// <summary>Where sites stand in a year, in the order given; one statement for all of them.</summary>
    public async Task<IReadOnlyList<SiteQuotas>> OfAsync(
        IReadOnlyList<SiteInfo> sites, int year, DateOnly today, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. sites.Select(site => site.Id)];
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var rows = await db.AnnouncedDocuments.AsNoTracking()
            .Where(row => ids.Contains(row.SiteId) && row.CountsOn >= first && row.CountsOn <= last && row.CountsOn <= today)
            .GroupBy(row => new { row.SiteId, row.Kind })
            .Select(group => new { group.Key.SiteId, group.Key.Kind, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var done = rows.ToLookup(row => (row.SiteId, ActivityOf(row.Kind)), row => row.Count);
        return
        [
            .. sites.Select(site => new SiteQuotas(
                site,
                [
                    .. Enum.GetValues<QuotaActivity>().Select(activity => (Activity: activity, Quota: QuotaLines.Of(activity, year)))
                        .Where(line => line.Quota is not null)
                        .Select(line => QuotaStanding.Of(
                            line.Quota!, line.Quota!.Of(site), year, done[(site.Id, line.Activity)].Sum(), today)),
                ])),
        ];
    }

    /// <summary>What was counted for a site in a year, newest first.</summary>
    public async Task<IReadOnlyList<CountedActivity>> ListAsync(Guid siteId, int year, DateOnly today, CancellationToken cancellationToken)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var rows = await db.AnnouncedDocuments.AsNoTracking()
            .Where(row => row.SiteId == siteId && row.CountsOn >= first && row.CountsOn <= last && row.CountsOn <= today)
            .OrderByDescending(row => row.CountsOn).ThenBy(row => row.Id)
            .Select(row => new { row.Kind, row.CountsOn, row.Title, row.Path })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new CountedActivity(ActivityOf(row.Kind), row.CountsOn!.Value, row.Title, row.Path!))];
    }

    private static QuotaActivity ActivityOf(AnnouncementKind kind) =>
        kind is AnnouncementKind.InterviewNotice or AnnouncementKind.InterviewTranscript ? QuotaActivity.Interview : QuotaActivity.Consultation;
}

/// <summary>Something that counted towards a quota.</summary>
/// <param name="Activity">Towards which.</param>
/// <param name="Day">The day on which it counts.</param>
/// <param name="Title">Title of its document.</param>
/// <param name="Path">Path of the document, without leading slash.</param>
public sealed record CountedActivity(QuotaActivity Activity, DateOnly Day, string Title, string Path);
