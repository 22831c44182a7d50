using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.Signals.ReadSignal;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.Signals.JudgeSignal;

/// <summary>Takes the form of a signal's page.</summary>
internal sealed class JudgeSignalEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/signals/{signal:guid}/judgements", async (
            Guid signal, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new JudgeSignal
            {
                SignalId = signal,
                Version = form.Number("Version"),
                Verdict = form.Chosen<SignalState>("Verdict"),
                Title = form.Text("Title"),
                TopicId = form.Id("TopicId"),
                Reason = form.Text("Reason"),
            };
            var judged = await sender.Send(request, cancellationToken);
            return judged.Succeeded ? Results.LocalRedirect($"/console/hot-topics/signals/{signal}?done={judged.Value}")
                : judged.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadSignalEndpoint.AnswerAsync(signal, null, request, judged.Failure, sender, cancellationToken)
                    : judged.Failure.Page();
        });
}
