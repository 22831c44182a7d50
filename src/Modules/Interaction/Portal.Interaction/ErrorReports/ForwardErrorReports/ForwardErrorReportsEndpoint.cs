using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.ForwardErrorReports;

/// <summary>Takes the ticked lines of the list, and says what became of each.</summary>
internal sealed class ForwardErrorReportsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/error-reports/forward", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ForwardErrorReports
            {
                Chosen = [.. form["Chosen"].Select(Read).OfType<ChosenErrorReport>()],
                UnitSiteId = form.Id("UnitSiteId"),
                Note = form.Text("Note"),
            };
            var done = await sender.Send(request, cancellationToken);
            return done.Succeeded ? ForwardErrorReportsPage.Of(done.Value, null)
                : done.Failure.Kind == FailureKind.Invalid ? ForwardErrorReportsPage.Of([], done.Failure)
                : done.Failure.Page();
        });

    private static ChosenErrorReport? Read(string? value) =>
        value?.Split(':') is [var id, var version] && Guid.TryParse(id, out var report)
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new ChosenErrorReport(report, seen)
            : null;
}
