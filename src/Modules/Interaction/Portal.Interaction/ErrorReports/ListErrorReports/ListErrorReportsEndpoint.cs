using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.ListErrorReports;

/// <summary>The lists of error reports.</summary>
internal sealed class ListErrorReportsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/error-reports", async (
            string? set, string? kind, string? q, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListErrorReports
            {
                Set = ListLettersEndpoint.Named<ErrorSet>(set) ?? ErrorSet.ToForward,
                Kind = ListLettersEndpoint.Named<ErrorKind>(kind),
                Text = q ?? "",
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListErrorReportsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
