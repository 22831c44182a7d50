using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.ExportReport;

internal sealed class ExportReportEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/annual-reports/{report:guid}/workbook", async (
            Guid report, ISender sender, CancellationToken cancellationToken) =>
        {
            var written = await sender.Send(new ExportReport(report), cancellationToken);
            return written.Succeeded
                ? Results.File(written.Value.Content, Workbook, written.Value.Name)
                : written.Failure.Page();
        });
}
