using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Announcements;
using Portal.Interaction.Interviews.ReadInterview;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.TakeInterviewStep;

/// <summary>Takes the forms of an interview's page.</summary>
internal sealed class TakeInterviewStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/interviews/{interview:guid}/steps", async (
            Guid interview, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = new InterviewInput
            {
                Trigger = form.Chosen<InterviewTrigger>("Trigger") ?? default,
                Version = form.Number("Version"),
                Reason = form.Text("Reason"),
                Day = form.Text("Day"),
                Time = form.Text("Time"),
                Digest = form.Text("Digest"),
                MailboxId = form.Id("MailboxId"),
                Sure = form.Flag("Sure"),
                NumbersSeen = form.Flag(NumbersSeen.Field),
            };
            var taken = await sender.Send(new TakeInterviewStep(interview, input), cancellationToken);
            return taken.Succeeded
                ? Results.LocalRedirect(form.Text("Return") == "live"
                    ? $"/console/interviews/{interview}/live" : $"/console/interviews/{interview}?done={taken.Value}")
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadInterviewEndpoint.AnswerAsync(interview, null, input.Trigger, input, taken.Failure, sender, cancellationToken)
                    : taken.Failure.Page();
        });
}
