using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.AnnualReports.ExportReport;

/// <summary>The tables of a report as they stand now, as a workbook.</summary>
public sealed record ExportReport(Guid ReportId) : IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

internal sealed class ExportReportHandler(ReportScope scope, ReportWorkbook workbook)
    : IRequestHandler<ExportReport, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportReport request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ReportId, cancellationToken);
        return found.Succeeded
            ? await workbook.WriteAsync(
                ReportForms.Shipped.Version(found.Value.Report.FormVersion), ReportDispatch.ContentOf(found.Value.Report), cancellationToken)
            : found.Failure;
    }
}
