using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.TakeTopicStep;

/// <summary>Takes the forms of a topic's page.</summary>
internal sealed class TakeTopicStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/steps", async (
            Guid topic, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = new TopicInput
            {
                Trigger = form.Chosen<TopicTrigger>("Trigger") ?? default,
                Version = form.Number("Version"),
                Note = form.Text("Note"),
                Severity = form.Chosen<TopicSeverity>("Severity"),
                Need = form.Chosen<TopicNeed>("Need"),
                UnitSiteId = form.Id("UnitSiteId"),
                Into = form.Text("Into"),
            };
            var taken = await sender.Send(new TakeTopicStep(topic, input), cancellationToken);
            return taken.Succeeded ? await AfterAsync(topic, taken.Value, sender, cancellationToken)
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadTopicEndpoint.AnswerAsync(
                        topic, new TopicForms { Act = input.Trigger, Step = input, Errors = taken.Failure.Errors }, taken.Failure, sender,
                        cancellationToken)
                    : taken.Failure.Page();
        });

    // Who has given a topic back may see it no more.
    private static async Task<IResult> AfterAsync(Guid topic, TopicTrigger taken, ISender sender, CancellationToken cancellationToken) =>
        taken != TopicTrigger.Return || (await sender.Send(new ReadTopic.ReadTopic(topic), cancellationToken)).Succeeded
            ? Results.LocalRedirect($"/console/hot-topics/{topic}?done={taken}")
            : Results.LocalRedirect("/console/hot-topics?set=ToHandle");
}
