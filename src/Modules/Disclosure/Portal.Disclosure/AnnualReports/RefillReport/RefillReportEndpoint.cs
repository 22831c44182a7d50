using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.AnnualReports.ReadReport;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.RefillReport;

internal sealed class RefillReportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/annual-reports/{report:guid}/figures", async (
            Guid report, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var filled = await sender.Send(new RefillReport(report, form.Number("Version")), cancellationToken);
            return filled.Succeeded
                ? Results.LocalRedirect($"/console/annual-reports/{report}?done=filled")
                : await ReadReportPage.AgainAsync(report, filled.Failure, sender, cancellationToken);
        });
}
