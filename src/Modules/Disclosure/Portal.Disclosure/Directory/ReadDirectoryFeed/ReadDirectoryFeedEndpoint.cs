using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Feeds;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadDirectoryFeed;

/// <summary>The newest entries of a site's directory, as Atom (RFC 4287) and as JSON Feed 1.1.</summary>
internal sealed class ReadDirectoryFeedEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/disclosure/feed.xml", AtomAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/disclosure/feed.json", JsonAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> AtomAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text) =>
        (await FeedAsync(http, current.Site!, sender, text)).Atom(current.Site!, sites);

    private static async Task<IResult> JsonAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text) =>
        (await FeedAsync(http, current.Site!, sender, text)).Json(current.Site!, sites);

    private static async Task<Feed> FeedAsync(HttpContext http, SiteInfo site, ISender sender, IStringLocalizer<DirectoryText> text)
    {
        http.Tag(CacheTags.Directory(site.Id));
        var page = await sender.Send(new BrowseDirectory.BrowseDirectory { ScopeId = site.Id }, http.RequestAborted);
        return new(
            "disclosure", text["Directory.Title"],
            [
                .. page.Entries.Items.Select(entry => new FeedEntry(entry.Id, RecordPath.Of(entry.Id), entry.Title, entry.UpdatedAt)
                {
                    PublishedAt = entry.PublishedAt,
                    Author = entry.Publisher,
                    Summary = $"{text["Line.Index"]}{entry.IndexNumber}　{entry.Description ?? entry.Title}",
                }),
            ])
        {
            Page = RecordPath.Directory,
        };
    }
}
