using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Feeds;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ReadResponseFeed;

/// <summary>The newest responses of a site as Atom (RFC 4287).</summary>
internal sealed class ReadResponseFeedEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/responses/feed.xml", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<TopicText> text, CancellationToken cancellationToken)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Interaction(site.Id));
        var page = await sender.Send(new BrowseResponses.BrowseResponses(), cancellationToken);
        return new Feed(
            "responses", text["Browse.Title"],
            [
                .. page.Value.Responses.Items.Select(row => new FeedEntry(row.Id, "responses/" + row.Number, row.Title, row.PublicAt)
                {
                    Author = row.UnitName,
                    Summary = row.Summary,
                }),
            ]).Atom(site, sites);
    }
}
