using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports;

/// <summary>A report that the person may work on.</summary>
internal sealed record ReachedReport(AnnualReport Report, SiteInfo Site, Actor Actor)
{
    public static FailureObject About(AnnualReport report) => new("annual-report", report.Id.ToString(), report.Title);
}

/// <summary>
/// Finds a report within the person's grants. 公开工作机构 compiles it (Regulation 711 art. 4): whoever handles requests for
/// information. What belongs to a site that the person does not know does not exist.
/// </summary>
internal sealed class ReportScope(DisclosureDbContext db, ISites sites, ICurrentActor current, IStringLocalizer<ReportText> text)
{
    public async Task<Outcome<ReachedReport>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var report = await db.AnnualReports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (report is null || current.Actor is not { } actor || sites.ById(report.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var about = ReachedReport.About(report);
        return !actor.Knows(site) ? Failure.OutOfScope with { About = about }
            : actor.Can(Permission.HandleRequests, site) ? new ReachedReport(report, site, actor)
            : Failure.Forbidden with { About = about };
    }

    /// <summary>The report as the person saw it: who works from a version that another has left behind is told who did.</summary>
    public async Task<Outcome<ReachedReport>> FindAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, cancellationToken);
        return found.Succeeded && found.Value.Report is var report && report.Version != version
            ? new Failure(FailureKind.Conflict, [new FieldError("", text["Save.Stale", report.UpdatedBy])])
            : found;
    }

    /// <summary>The sites whose reports the person compiles, governments before departments.</summary>
    public IReadOnlyList<SiteInfo> Sites() =>
        current.Actor is { } actor
            ? [.. actor.SitesWith(Permission.HandleRequests, sites.All).Where(site => site.Kind != SiteKind.Subsite)
                .OrderBy(site => site.Path.Count).ThenBy(site => site.Kind).ThenBy(site => site.RegionCode, StringComparer.Ordinal)
                .ThenBy(site => site.Key, StringComparer.Ordinal)]
            : [];
}
