using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.ErrorReports.ListErrorReports;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.ForwardErrorReports;

/// <summary>Takes the ticked lines of the list, and says what became of each.</summary>
internal sealed class ForwardErrorReportsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        // Whoever loads the answer anew, or keeps its address, finds the list.
        app.MapConsolePage("/console/error-reports/forward", (ICurrentActor current) =>
            current.Actor?.Has(Permission.HandleErrorReports) == true
                ? Results.LocalRedirect("/console/error-reports") : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm("/console/error-reports/forward", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ForwardErrorReports
            {
                Chosen = form.ChosenLinesOf(),
                UnitSiteId = form.Id("UnitSiteId"),
                Note = form.Text("Note"),
            };
            var done = await sender.Send(request, cancellationToken);
            if (done.Succeeded)
            {
                return ForwardErrorReportsPage.Of(done.Value);
            }

            if (done.Failure.Kind != FailureKind.Invalid)
            {
                return done.Failure.Page();
            }

            // The list again, with the ticks and the words that were there.
            var asked = new ListErrorReports.ListErrorReports
            {
                Set = ErrorSet.ToForward,
                Kind = form.Chosen<ErrorKind>("kind"),
                Text = form.Text("q"),
                Cursor = form.Text("cursor") is { Length: > 0 } cursor ? cursor : null,
            };
            var list = await sender.Send(asked, cancellationToken);
            return list.Succeeded ? ListErrorReportsPage.Of(asked, list.Value, request, done.Failure) : list.Failure.Page();
        });
    }
}
