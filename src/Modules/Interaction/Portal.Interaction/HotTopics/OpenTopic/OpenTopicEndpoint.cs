using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.OpenTopic;

/// <summary>The form on which a topic is entered by hand.</summary>
internal sealed class OpenTopicEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/hot-topics/new", (ICurrentActor current, ICurrentSite site, ISites sites, TimeProvider clock) =>
            current.Actor is { } actor && actor.Has(Permission.ManageHotTopics)
                ? OpenTopicPage.Of(
                    new OpenTopicForm { SiteId = site.Site?.Id, NoticedAt = TopicTimes.Write(clock.GetUtcNow()) }, Regions(actor, sites), null)
                : Failure.Forbidden.Page());
        app.MapConsoleForm("/console/hot-topics/new", async (
            IFormCollection form, ISender sender, ICurrentActor current, ISites sites, CancellationToken cancellationToken) =>
        {
            var typed = new OpenTopicForm
            {
                SiteId = form.Id("SiteId"),
                Title = form.Text("Title"),
                Concern = form.Text("Concern"),
                NoticedAt = form.Text("NoticedAt"),
                Reference = form.Text("Reference"),
                Note = form.Text("Note"),
            };
            var opened = await sender.Send(
                new OpenTopic
                {
                    SiteId = typed.SiteId,
                    Title = typed.Title,
                    Concern = typed.Concern,
                    NoticedAt = TopicTimes.Read(typed.NoticedAt),
                    Source = TopicSourceKind.Hand,
                    Reference = typed.Reference,
                    Note = typed.Note,
                },
                cancellationToken);
            return opened.Succeeded ? Results.LocalRedirect($"/console/hot-topics/{opened.Value.Id}?done={TopicTrigger.Register}")
                : opened.Failure.Kind == FailureKind.Invalid && current.Actor is { } actor
                    ? OpenTopicPage.Of(typed, Regions(actor, sites), opened.Failure)
                    : opened.Failure.Page();
        });
    }

    private static IReadOnlyList<Choice> Regions(Actor actor, ISites sites) =>
        [
            .. actor.SitesWith(Permission.ManageHotTopics, sites.All)
                .Where(site => site.Status != SiteStatus.Closed)
                .OrderBy(site => site.Path.Count).ThenBy(site => site.Name, StringComparer.Ordinal)
                .Select(site => new Choice(site.Id.ToString(), site.Name)),
        ];
}

/// <summary>The form as it was filled in.</summary>
public sealed record OpenTopicForm
{
    public Guid? SiteId { get; init; }

    public string Title { get; init; } = "";

    public string Concern { get; init; } = "";

    public string NoticedAt { get; init; } = "";

    public string Reference { get; init; } = "";

    public string Note { get; init; } = "";
}
