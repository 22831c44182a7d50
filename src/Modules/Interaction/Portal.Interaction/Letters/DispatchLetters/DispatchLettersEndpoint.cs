using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.DispatchLetters;

/// <summary>Takes the ticked lines of the list, and says what became of each.</summary>
internal sealed class DispatchLettersEndpoint : ICarterModule
{
    private const string Route = "/console/letters/dispatch";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        // Whoever loads the answer anew, or keeps its address, finds the list.
        app.MapConsolePage(Route, (ICurrentActor current) =>
            current.Actor?.Has(Permission.ScreenLetters) == true
                ? Results.LocalRedirect("/console/letters?set=" + LetterSet.ToDispatch) : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm(Route, async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new DispatchLetters
            {
                Chosen = form.ChosenLinesOf(),
                LeadSiteId = form.Id("LeadSiteId"),
                Note = form.Text("Note"),
            };
            var done = await sender.Send(request, cancellationToken);
            if (done.Succeeded)
            {
                return DispatchLettersPage.Of(done.Value);
            }

            if (done.Failure.Kind != FailureKind.Invalid)
            {
                return done.Failure.Page();
            }

            // The list again, with the ticks and the words that were there.
            var asked = new ListLetters.ListLetters
            {
                Set = LetterSet.ToDispatch,
                Kind = form.Chosen<LetterKind>("kind"),
                MailboxId = form.Id("mailbox"),
                Text = form.Text("q"),
                Age = int.TryParse(form.Text("age"), NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : 0,
                Cursor = form.Text("cursor") is { Length: > 0 } cursor ? cursor : null,
            };
            var list = await sender.Send(asked, cancellationToken);
            return list.Succeeded ? ListLettersPage.Of(asked, list.Value, request, done.Failure) : list.Failure.Page();
        });
    }
}
