using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ReadLetter;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.TakeLetterStep;

/// <summary>Takes the forms of a letter's page.</summary>
internal sealed class TakeLetterStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/steps", async (
            Guid letter, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = Filled(form);
            var taken = await sender.Send(new TakeLetterStep(letter, input), cancellationToken);
            return taken.Succeeded ? await AfterAsync(letter, taken.Value, sender, cancellationToken)
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadLetterEndpoint.AnswerAsync(letter, null, null, input, taken.Failure, sender, cancellationToken)
                    : taken.Failure.Page();
        });

    // Who has given a letter back may see it no more.
    private static async Task<IResult> AfterAsync(Guid letter, LetterTrigger taken, ISender sender, CancellationToken cancellationToken) =>
        taken != LetterTrigger.Return || (await sender.Send(new ReadLetter.ReadLetter(letter), cancellationToken)).Succeeded
            ? Results.LocalRedirect($"/console/letters/{letter}?done={taken}")
            : Results.LocalRedirect("/console/letters");

    internal static LetterInput Filled(IFormCollection form) => new()
    {
        Trigger = form.Chosen<LetterTrigger>("Trigger") ?? default,
        Version = form.Number("Version"),
        Note = form.Text("Note"),
        Text = form.Text("Text"),
        Days = form.Number("Days"),
        Reason = form.Chosen<DeclineReason>("Reason"),
        Into = form.Text("Into"),
        LeadSiteId = form.Id("LeadSiteId"),
        HelperSiteIds = [.. form["HelperSiteIds"].Where(value => value is { Length: > 0 }).Select(value => Guid.TryParse(value, out var unit) ? unit : Guid.Empty)],
        InnerDueOn = form.Day("InnerDueOn"),
        Outcome = form.Chosen<ReplyOutcome>("Outcome"),
        Rating = form.Number("Rating"),
    };
}
