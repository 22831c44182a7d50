using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadPlatform;

internal sealed class ReadPlatformEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/" + RecordPath.Platform, AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(HttpContext http, ICurrentSite current, ISender sender)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Directory(site.Id));
        var view = await sender.Send(new ReadPlatform(site.Id), http.RequestAborted);
        foreach (var channel in view.Channels.Values)
        {
            http.Tag(CacheTags.Channel(channel.Id));
        }

        return ReadPlatformPage.Of(view);
    }
}
