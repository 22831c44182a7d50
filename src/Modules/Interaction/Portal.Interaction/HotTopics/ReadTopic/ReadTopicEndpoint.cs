using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ReadTopic;

/// <summary>The page of a topic.</summary>
internal sealed class ReadTopicEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/hot-topics/{topic:guid}", async (
            Guid topic, string? done, string? act, ISender sender, IStringLocalizer<TopicDeskText> text, IStringLocalizer<TopicText> names,
            CancellationToken cancellationToken) =>
            await AnswerAsync(
                topic,
                new TopicForms
                {
                    Done = done is "Kept" or nameof(TopicTrigger.Link) ? text["Done." + done].Value
                        : ListLettersEndpoint.Named<TopicTrigger>(done) is { } taken ? text["Done", names["Trigger." + taken].Value].Value
                        : null,
                    Act = ListLettersEndpoint.Named<TopicTrigger>(act),
                },
                null, sender, cancellationToken));

    internal static async Task<IResult> AnswerAsync(
        Guid id, TopicForms forms, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var view = await sender.Send(new ReadTopic(id), cancellationToken);
        return view.Succeeded ? ReadTopicPage.Of(view.Value, forms, failure) : view.Failure.Page();
    }
}
