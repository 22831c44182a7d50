using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.LinkDocument;

internal sealed class LinkDocumentEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/links", async (
            Guid topic, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new LinkDocument
            {
                TopicId = topic,
                Version = form.Number("Version"),
                Address = form.Text("Address"),
                Part = form.Chosen<ResponsePart>("Part"),
                Kind = form.Chosen<TopicAnswerKind>("Kind"),
            };
            var linked = await sender.Send(request, cancellationToken);
            return linked.Succeeded ? Results.LocalRedirect($"/console/hot-topics/{topic}?done={TopicTrigger.Link}")
                : linked.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadTopicEndpoint.AnswerAsync(
                        topic, new TopicForms { Act = TopicTrigger.Link, Link = request, Errors = linked.Failure.Errors }, linked.Failure, sender,
                        cancellationToken)
                    : linked.Failure.Page();
        });
}
