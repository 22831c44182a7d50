using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.DispatchLetters;

/// <summary>Takes the ticked lines of the list, and says what became of each.</summary>
internal sealed class DispatchLettersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/dispatch", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new DispatchLetters
            {
                Chosen = [.. form["Chosen"].Select(Read).OfType<ChosenLetter>()],
                LeadSiteId = form.Id("LeadSiteId"),
                Note = form.Text("Note"),
            };
            var done = await sender.Send(request, cancellationToken);
            return done.Succeeded ? DispatchLettersPage.Of(done.Value, null)
                : done.Failure.Kind == FailureKind.Invalid ? DispatchLettersPage.Of([], done.Failure)
                : done.Failure.Page();
        });

    private static ChosenLetter? Read(string? value) =>
        value?.Split(':') is [var id, var version] && Guid.TryParse(id, out var letter)
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new ChosenLetter(letter, seen)
            : null;
}
