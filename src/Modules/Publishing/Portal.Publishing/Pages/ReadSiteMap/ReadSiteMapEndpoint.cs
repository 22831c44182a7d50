using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.ReadSiteMap;

internal sealed class ReadSiteMapEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/sitemap", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(HttpContext http, ICurrentSite current, ISender sender)
    {
        var channels = await sender.Send(new ReadSiteMap(current.Site!.Id), http.RequestAborted);
        http.Tag(CacheTags.Province);
        foreach (var channel in channels)
        {
            http.Tag(CacheTags.Channel(channel.Id));
        }

        return ReadSiteMapPage.Of(channels);
    }
}
