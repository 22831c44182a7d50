using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.UnlinkDocument;

internal sealed class UnlinkDocumentEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/links/remove", async (
            Guid topic, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new UnlinkDocument(topic, form.Number("Version"), form.Id("ResponseId"), form.Text("Note"));
            var removed = await sender.Send(request, cancellationToken);
            return removed.Succeeded ? Results.LocalRedirect($"/console/hot-topics/{topic}?done={TopicTrigger.Unlink}")
                : removed.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadTopicEndpoint.AnswerAsync(
                        topic, new TopicForms { Act = TopicTrigger.Unlink, Unlink = request, Errors = removed.Failure.Errors }, removed.Failure,
                        sender, cancellationToken)
                    : removed.Failure.Page();
        });
}
