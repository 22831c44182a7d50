using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.AnnualReports.ReadReport;

/// <summary>Shows a report to those who compile it.</summary>
public sealed record ReadReport(Guid ReportId) : IRequest<Outcome<ReportView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

internal sealed class ReadReportHandler(ReportScope scope, ReportReader reader) : IRequestHandler<ReadReport, Outcome<ReportView>>
{
    public async Task<Outcome<ReportView>> Handle(ReadReport request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ReportId, cancellationToken);
        return found.Succeeded ? await reader.ViewAsync(found.Value, cancellationToken) : found.Failure;
    }
}
