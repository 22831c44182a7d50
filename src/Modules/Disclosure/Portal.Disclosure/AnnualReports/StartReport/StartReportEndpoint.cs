using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.AnnualReports.ListReports;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.StartReport;

/// <summary>Starts a report; where there is one already, says so and leads to it.</summary>
internal sealed class StartReportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapConsoleForm("/console/annual-reports", StartAsync);

    private static async Task<IResult> StartAsync(IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var year = form.Number("Year");
        var site = Guid.TryParse(form.Text("SiteId"), out var id) ? id : Guid.Empty;
        var started = await sender.Send(new StartReport(site, year), cancellationToken);
        if (started.Succeeded)
        {
            return Results.LocalRedirect($"/console/annual-reports/{started.Value}?done=started");
        }

        if (started.Failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return started.Failure.Page();
        }

        var request = new ListReports.ListReports { Year = year };
        var list = await sender.Send(request, cancellationToken);
        return list.Succeeded
            ? ListReportsPage.Of(
                request, list.Value, started.Failure.Errors, started.Failure.About?.Id, started.Failure.Status())
            : list.Failure.Page();
    }
}
