using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Feeds;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.ReadLetterFeed;

/// <summary>The newest public letters of a site as Atom (RFC 4287).</summary>
internal sealed class ReadLetterFeedEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/letters/published/feed.xml", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<CopyText> text, CancellationToken cancellationToken)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Letters(site.Id));
        var page = await sender.Send(new BrowsePublishedLetters.BrowsePublishedLetters(), cancellationToken);
        return new Feed(
            "letters/published", text["Published.Title"],
            [
                .. page.Value.Letters.Items.Select(letter => new FeedEntry(
                    letter.Id, "letters/published/" + letter.Number, letter.Title, letter.ChangedAt)
                {
                    Author = letter.UnitName,
                }),
            ]).Atom(site, sites);
    }
}
