using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.Signals.ManageFeeds;

/// <summary>The feeds that are watched: list, form of a new one, switches.</summary>
internal sealed class ManageFeedsEndpoint : ICarterModule
{
    private const string Route = "/console/hot-topics/signals/feeds";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (string? done, ISender sender, IStringLocalizer<SignalText> text, CancellationToken cancellationToken) =>
            AnswerAsync(done is "added" or "on" or "off" ? text["Feed.Done." + done].Value : null, new AddFeed(), null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new AddFeed { Name = form.Text("Name"), Address = form.Text("Address"), Words = form.Text("Words") };
            var added = await sender.Send(request, cancellationToken);
            return added.Succeeded ? Results.LocalRedirect(Route + "?done=added")
                : added.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AnswerAsync(null, request, added.Failure, sender, cancellationToken)
                    : added.Failure.Page();
        });
        app.MapConsoleForm(Route + "/{feed:guid}", async (
            Guid feed, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var on = form.Flag("On");
            var switched = await sender.Send(new SwitchFeed(feed, form.Number("Version"), on), cancellationToken);
            return switched.Succeeded ? Results.LocalRedirect(Route + (on ? "?done=on" : "?done=off"))
                : switched.Failure.Kind == FailureKind.Conflict
                    ? await AnswerAsync(null, new AddFeed(), switched.Failure, sender, cancellationToken)
                    : switched.Failure.Page();
        });
    }

    private static async Task<IResult> AnswerAsync(
        string? done, AddFeed form, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var list = await sender.Send(new ListFeeds(), cancellationToken);
        return list.Succeeded ? ManageFeedsPage.Of(list.Value, done, form, failure) : list.Failure.Page();
    }
}
