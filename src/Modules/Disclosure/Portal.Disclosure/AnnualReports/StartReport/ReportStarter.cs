using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports.StartReport;

/// <summary>Makes a report, filled from the records.</summary>
internal sealed class ReportStarter(ReportFigures figures)
{
    public async Task<AnnualReport> NewAsync(
        ReportForm form, SiteInfo site, string by, int year, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var report = new AnnualReport
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            SitePath = [.. site.Path],
            OrganisationId = site.OrganisationId,
            OrganisationName = site.OrganisationName,
            Year = year,
            FormVersion = form.Version,
            DocumentId = Guid.CreateVersion7(now),
            CreatedAt = now,
            UpdatedAt = now,
            UpdatedBy = by,
        };
        ReportFilling.Fill(
            report, form, await figures.ComputeAsync(form, site.Id, site.OrganisationId, year, cancellationToken),
            await figures.FeesAsync(site.OrganisationId, year, cancellationToken), now);
        return report;
    }
}
