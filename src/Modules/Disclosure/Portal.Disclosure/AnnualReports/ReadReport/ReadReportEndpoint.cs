using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.ReadReport;

internal sealed class ReadReportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/annual-reports/{report:guid}", async (
            Guid report, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadReport(report), cancellationToken);
            return read.Succeeded
                ? ReadReportPage.Of(read.Value, done: done is "started" or "saved" or "filled" or "submitted" ? done : null)
                : read.Failure.Page();
        });
}
