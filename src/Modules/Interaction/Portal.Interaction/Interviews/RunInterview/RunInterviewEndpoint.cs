using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.RunInterview;

/// <summary>The scribe's desk: a form that works by itself and, with a script, without leaving the page.</summary>
internal sealed class RunInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/interviews/{interview:guid}/live", (
            Guid interview, string? correct, string? hidden, ISender sender, CancellationToken cancellationToken) =>
            PageAsync(
                interview, hidden is not null,
                int.TryParse(correct, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var line)
                    ? new UtteranceInput { Replaces = line } : null,
                null, sender, cancellationToken));
        app.MapConsoleForm("/console/interviews/{interview:guid}/utterances", async (
            Guid interview, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = new UtteranceInput
            {
                FormId = form.Text("FormId"),
                Speaker = form.Text("Speaker"),
                QuestionId = form.Id("QuestionId"),
                Text = form.Text("Text"),
                Replaces = form.Number("Replaces"),
                Seen = form.Text("Seen"),
            };
            var said = await sender.Send(new RunInterview(interview, input), cancellationToken);
            return said.Succeeded ? Results.LocalRedirect($"/console/interviews/{interview}/live?speaker={Uri.EscapeDataString(input.Speaker)}{(InterviewStage.Hides(input.Text) ? "&hidden=numbers" : "")}")
                : said.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AgainAsync(interview, input, said.Failure, sender, cancellationToken)
                    : said.Failure.Page();
        });
    }

    // What was sent already stands; what it says now goes into a form of its own.
    private static Task<IResult> AgainAsync(
        Guid id, UtteranceInput input, Failure failure, ISender sender, CancellationToken cancellationToken) =>
        failure.Errors.Any(error => error.Field == nameof(input.FormId))
            ? PageAsync(
                id, false, input with { FormId = "" }, failure with { Errors = [.. failure.Errors.Select(error => error with { Field = "" })] },
                sender, cancellationToken)
            : PageAsync(id, false, input, failure, sender, cancellationToken);

    private static async Task<IResult> PageAsync(
        Guid id, bool hidden, UtteranceInput? typed, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var stage = await sender.Send(new ReadStage(id), cancellationToken);
        return stage.Succeeded ? RunInterviewPage.Of(stage.Value, hidden, typed, failure) : stage.Failure.Page();
    }
}
