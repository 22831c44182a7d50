using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ConfirmLink;

internal sealed class ConfirmLinkEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/links/confirm", async (
            Guid topic, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var confirmed = await sender.Send(new ConfirmLink(topic, form.Number("Version"), form.Id("ResponseId")), cancellationToken);
            return confirmed.Succeeded ? Results.LocalRedirect($"/console/hot-topics/{topic}?done={TopicTrigger.Confirm}")
                : confirmed.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadTopicEndpoint.AnswerAsync(
                        topic, new TopicForms { Act = TopicTrigger.Confirm, Errors = confirmed.Failure.Errors }, confirmed.Failure, sender,
                        cancellationToken)
                    : confirmed.Failure.Page();
        });
}
