using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Documents;
using Portal.Publishing.Feeds.ReadFeed;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.ReadAddress;

/// <summary>Every address that no other endpoint owns: a document, a channel, a feed, a former address, or nothing.</summary>
internal sealed class ReadAddressEndpoint : ICarterModule
{
    private const int FirstYear = 1949;

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/{**path}", AnswerAsync, "year", "page", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string path, HttpContext http, ICurrentSite current, ISites sites, ISender sender, TimeProvider clock)
    {
        var site = current.Site!;
        if (FeedPath.Parse(path) is { } feed)
        {
            return await ReadFeedEndpoint.AnswerAsync(feed, http, site, sites, sender);
        }

        if (path.Length > 1 && path[^1] == '/' && PagePath.IsOne(path.AsSpan(0, path.Length - 1)))
        {
            return Results.LocalRedirect(
                http.Request.PathBase + "/" + path[..^1] + http.Request.QueryString, permanent: true);
        }

        // What programs ask for and is not there gets no page: the host answers them.
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (!PagePath.IsOne(path) || PositionOf(http.Request.Query) is not { } position)
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        var content = await sender.Send(new ReadAddress(site.Id, path, position), http.RequestAborted);
        http.Tag(CacheTags.Path(site.Id, path));
        if ((content.NextChange ?? content.Channel?.NextChange) is { } next)
        {
            http.ExpireBy(next, clock);
        }

        return content switch
        {
            { Document: { } document } => Show(document, http, site, sites),
            { Channel: { } channel } => Show(channel, http, position),
            { MovedTo: { } target } => Results.LocalRedirect(http.Request.PathBase + "/" + target, permanent: true),
            _ => MessagePage.Of(StatusCodes.Status404NotFound),
        };
    }

    private static IResult Show(DocumentView document, HttpContext http, SiteInfo site, ISites sites)
    {
        http.Tag(CacheTags.Document(document.DocumentId), CacheTags.Channel(document.ChannelId));
        foreach (var related in document.Related)
        {
            http.Tag(CacheTags.Document(related.Id));
        }

        if (document.RepealedBy is { } repeal)
        {
            http.Tag(CacheTags.Document(repeal.Id));
        }

        return document.Status switch
        {
            PageStatus.Gone => MessagePage.Of(StatusCodes.Status410Gone, document.Reason),
            PageStatus.Redirect => RedirectOf(document, http, site, sites),
            _ => DocumentPage.Of(document),
        };
    }

    // Never to a host that is not one of the province's own: an editor's slip must not become an open redirect.
    private static IResult RedirectOf(DocumentView document, HttpContext http, SiteInfo site, ISites sites)
    {
        var target = document.RedirectTo ?? "";
        if (target.StartsWith('/') && !target.StartsWith("//", StringComparison.Ordinal))
        {
            return Results.LocalRedirect(http.Request.PathBase + target, permanent: true);
        }

        return Uri.TryCreate(target, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && (sites.ByHost(address.IdnHost) is not null || site.Domains.Contains(address.IdnHost))
                ? Results.Redirect(address.AbsoluteUri, permanent: true)
                : MessagePage.Of(StatusCodes.Status410Gone, document.Reason);
    }

    private static IResult Show(ChannelView channel, HttpContext http, ListPosition position)
    {
        foreach (var id in channel.Lineage)
        {
            http.Tag(CacheTags.Channel(id));
        }

        // A page beyond the end is no page; a year nobody published in neither.
        return channel.Pages.Count == 0 && position != ListPosition.Start
            ? MessagePage.Of(StatusCodes.Status404NotFound)
            : ChannelPage.Of(channel);
    }

    private static ListPosition? PositionOf(IQueryCollection query)
    {
        int? year = null, number = null;
        Cursor? cursor = null;
        if (query.TryGetValue("year", out var years))
        {
            if (years.Count != 1 || !int.TryParse(years[0], out var value) || value is < FirstYear or > 9998)
            {
                return null;
            }

            year = value;
        }

        if (query.TryGetValue("page", out var pages))
        {
            if (pages.Count != 1 || !int.TryParse(pages[0], out var value) || value is < 1 or > ChannelRows.MostNumbers)
            {
                return null;
            }

            number = value;
        }

        if (query.TryGetValue("cursor", out var cursors))
        {
            if (cursors.Count != 1 || Cursor.Parse(cursors[0]) is not { } value)
            {
                return null;
            }

            cursor = value;
        }

        return new(year, number, cursor);
    }
}
