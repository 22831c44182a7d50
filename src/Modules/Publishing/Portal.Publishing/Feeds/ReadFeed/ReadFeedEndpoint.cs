using MediatR;
using Microsoft.AspNetCore.Http;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Feeds.ReadFeed;

/// <summary>Answers feeds for the endpoint that owns all addresses of channels.</summary>
internal static class ReadFeedEndpoint
{
    public static async Task<IResult> AnswerAsync(
        FeedPath path, HttpContext http, SiteInfo site, ISites sites, ISender sender)
    {
        var feed = await sender.Send(new ReadFeed(site.Id, path.Channel), http.RequestAborted);
        if (feed is null)
        {
            http.Tag(CacheTags.Path(site.Id, path.Channel));
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        http.Tag(CacheTags.Channel(feed.ChannelId));
        return path.IsJson ? feed.Feed.Json(site, sites) : feed.Feed.Atom(site, sites);
    }
}
