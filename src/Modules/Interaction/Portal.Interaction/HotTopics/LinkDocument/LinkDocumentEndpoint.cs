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
                Rumour = form.Text("Rumour"),
                Sure = form.Flag("Sure"),
            };
            var linked = await sender.Send(request, cancellationToken);
            if (linked.Succeeded && request.Sure)
            {
                return Results.LocalRedirect($"/console/hot-topics/{topic}?done={TopicTrigger.Link}");
            }

            if (!linked.Succeeded && linked.Failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
            {
                return linked.Failure.Page();
            }

            // What was refused after the preview is shown with it, as far as there is one.
            var preview = linked.Succeeded || !request.Sure ? linked
                : await sender.Send(request with { Sure = false }, cancellationToken);
            var forms = new TopicForms
            {
                Act = TopicTrigger.Link,
                Link = request,
                Preview = preview.Succeeded ? preview.Value : null,
                Errors = linked.Succeeded ? [] : linked.Failure.Errors,
            };
            return await ReadTopicEndpoint.AnswerAsync(topic, forms, linked.Succeeded ? null : linked.Failure, sender, cancellationToken);
        });
}
