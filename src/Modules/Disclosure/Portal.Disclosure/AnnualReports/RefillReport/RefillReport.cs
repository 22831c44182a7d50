using System.Globalization;
using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.AnnualReports.RefillReport;

/// <summary>Fills a report from the records anew: overridden numbers stay, what moved is shown.</summary>
public sealed record RefillReport(Guid ReportId, int Version) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

internal sealed class RefillReportHandler(
    DisclosureDbContext db, ReportScope scope, ReportFigures figures, TimeProvider clock) : IRequestHandler<RefillReport, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RefillReport request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ReportId, request.Version, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (report, site, actor) = found.Value;
        var now = clock.GetUtcNow();
        var form = ReportForms.Shipped.Version(report.FormVersion);
        ReportFilling.Fill(
            report, form, await figures.ComputeAsync(form, site.Id, report.OrganisationId, report.Year, cancellationToken),
            await figures.FeesAsync(report.OrganisationId, report.Year, cancellationToken), now);
        report.UpdatedAt = now;
        report.UpdatedBy = actor.Name;
        report.Version++;
        db.Record(Decision.By(
            actor, now, "disclosure.report.filled", report.SiteId, "annual-report", report.Id.ToString(), report.Title, null, null,
            ("moved", report.Moves.Count.ToString(CultureInfo.InvariantCulture))));
        return await db.TrySaveAsync(cancellationToken) is { } failure ? failure : Done.Value;
    }
}
