using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.ListReports;

/// <summary>The list of annual reports.</summary>
internal sealed class ListReportsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/annual-reports", async (
            string? year, string? timing, string? after, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListReports
            {
                Year = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
                Timing = Enum.TryParse<ReportTiming>(timing, out var named) && Enum.IsDefined(named) ? named : null,
                After = Guid.TryParse(after, out var id) ? id : null,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListReportsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
