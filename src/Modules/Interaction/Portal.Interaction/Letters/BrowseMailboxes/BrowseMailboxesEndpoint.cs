using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.BrowseMailboxes;

/// <summary>领导信箱: whose mailboxes there are, what may be written, and how long an answer takes.</summary>
internal sealed class BrowseMailboxesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/letters", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(HttpContext http, ICurrentSite current, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Letters(current.Site!.Id));
        var found = await sender.Send(new BrowseMailboxes(), cancellationToken);
        return BrowseMailboxesPage.Of(found.Value);
    }
}
