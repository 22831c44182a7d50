using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ModerateQuestions;

/// <summary>The queue of questions.</summary>
internal sealed class ModerateQuestionsEndpoint : ICarterModule
{
    private const string Route = "/console/interviews/{interview:guid}/questions";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (
            Guid interview, string? state, string? open, string? done, string? cursor, ISender sender, CancellationToken cancellationToken) =>
            PageAsync(
                new ListQuestions { InterviewId = interview, State = ListLettersEndpoint.Named<QuestionState>(state) ?? QuestionState.Pending, Cursor = cursor },
                Guid.TryParse(open, out var id) ? new ModerateQuestions { QuestionId = id } : null,
                ListLettersEndpoint.Named<QuestionTrigger>(done), null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (Guid interview, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var state = form.Chosen<QuestionState>("State") ?? QuestionState.Pending;
            var request = new ModerateQuestions
            {
                InterviewId = interview,
                QuestionId = form.Id("QuestionId") ?? Guid.Empty,
                Version = form.Number("Version"),
                Trigger = form.Chosen<QuestionTrigger>("Trigger"),
                Name = form.Text("Name"),
                Text = form.Text("Text"),
                Reason = form.Chosen<RejectReason>("Reason"),
                Into = form.Text("Into"),
            };
            var done = await sender.Send(request, cancellationToken);
            return done.Succeeded ? Results.LocalRedirect($"/console/interviews/{interview}/questions?state={state}&done={done.Value}")
                : done.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await PageAsync(new ListQuestions { InterviewId = interview, State = state }, request, null, done.Failure, sender, cancellationToken)
                    : done.Failure.Page();
        });
    }

    private static async Task<IResult> PageAsync(
        ListQuestions request, ModerateQuestions? open, QuestionTrigger? done, Failure? failure, ISender sender,
        CancellationToken cancellationToken)
    {
        var queue = await sender.Send(request, cancellationToken);
        return queue.Succeeded ? ModerateQuestionsPage.Of(request, queue.Value, open, done, failure) : queue.Failure.Page();
    }
}
