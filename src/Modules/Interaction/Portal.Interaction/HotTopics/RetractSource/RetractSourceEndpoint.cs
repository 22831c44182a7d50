using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.RetractSource;

internal sealed class RetractSourceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/sources/retract", async (
            Guid topic, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new RetractSource(topic, form.Number("Version"), form.Id("SourceId"), form.Text("Note"));
            var retracted = await sender.Send(request, cancellationToken);
            return retracted.Succeeded ? Results.LocalRedirect($"/console/hot-topics/{topic}?done={TopicTrigger.Retract}")
                : retracted.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadTopicEndpoint.AnswerAsync(
                        topic, new TopicForms { Act = TopicTrigger.Retract, Retract = request, Errors = retracted.Failure.Errors },
                        retracted.Failure, sender, cancellationToken)
                    : retracted.Failure.Page();
        });
}
