using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.JoinSource;

internal sealed class JoinSourceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/sources", async (
            Guid topic, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var typed = new SourceForm(form.Text("NoticedAt"), form.Text("Reference"), form.Text("Note"), form.Flag("Sure"));
            var joined = await sender.Send(
                new JoinSource
                {
                    TopicId = topic,
                    NoticedAt = TopicTimes.Read(typed.NoticedAt),
                    Reference = typed.Reference,
                    Note = typed.Note,
                    Sure = typed.Sure,
                },
                cancellationToken);
            return joined.Succeeded ? Results.LocalRedirect($"/console/hot-topics/{topic}?done={TopicTrigger.Join}")
                : joined.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadTopicEndpoint.AnswerAsync(
                        topic, new TopicForms { Act = TopicTrigger.Join, Source = typed, Errors = joined.Failure.Errors }, joined.Failure, sender,
                        cancellationToken)
                    : joined.Failure.Page();
        });
}
