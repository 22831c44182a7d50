using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.ListRequests;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.ExportRegister;

internal sealed class ExportRegisterEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/requests/register", async (
            string? set, string? site, string? q, ISender sender, IStringLocalizer<RequestText> text, CancellationToken cancellationToken) =>
        {
            var written = await sender.Send(
                new ExportRegister
                {
                    Set = Enum.TryParse<RequestSet>(set, out var named) && Enum.IsDefined(named) ? named : RequestSet.All,
                    SiteId = Guid.TryParse(site, out var id) ? id : null,
                    Text = q ?? "",
                },
                cancellationToken);
            return written.Succeeded ? Results.File(written.Value, Workbook, text["Ledger.Title"] + ".xlsx") : written.Failure.Page();
        });
}
