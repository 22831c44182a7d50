using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.AnnualReports.ReadReport;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.SubmitReport;

internal sealed class SubmitReportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/annual-reports/{report:guid}/submissions", async (
            Guid report, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var submitted = await sender.Send(new SubmitReport(report, form.Number("Version")), cancellationToken);
            return submitted.Succeeded
                ? Results.LocalRedirect($"/console/annual-reports/{report}?done=submitted")
                : await ReadReportPage.AgainAsync(report, submitted.Failure, sender, cancellationToken);
        });
}
