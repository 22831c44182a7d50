using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.AnnualReports.ExportReport;

/// <summary>The tables of a report as they stand now, as a workbook.</summary>
public sealed record ExportReport(Guid ReportId) : IRequest<Outcome<ReportFile>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

/// <summary>A workbook under the name of its report.</summary>
public sealed record ReportFile(string Name, byte[] Content);

internal sealed class ExportReportHandler(ReportScope scope, ReportWorkbook workbook)
    : IRequestHandler<ExportReport, Outcome<ReportFile>>
{
    public async Task<Outcome<ReportFile>> Handle(ExportReport request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ReportId, cancellationToken);
        return found.Succeeded
            ? new ReportFile(
                found.Value.Report.Title + ".xlsx",
                await workbook.WriteAsync(
                    ReportForms.Shipped.Version(found.Value.Report.FormVersion), ReportDispatch.ContentOf(found.Value.Report), cancellationToken))
            : found.Failure;
    }
}
