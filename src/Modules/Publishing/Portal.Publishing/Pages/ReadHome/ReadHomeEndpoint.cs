using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.ReadHome;

internal sealed class ReadHomeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISender sender, TimeProvider clock)
    {
        var site = current.Site!;
        var home = await sender.Send(new ReadHome(site.Id), http.RequestAborted);
        http.Tag(CacheTags.Path(site.Id, ""), CacheTags.Province);
        foreach (var channel in home.Channels.Values)
        {
            http.Tag(CacheTags.Channel(channel.Id));
        }

        foreach (var policy in home.Policies)
        {
            http.Tag(CacheTags.Document(policy.Id));
        }

        if (home.NextChange is { } next)
        {
            http.ExpireBy(next, clock);
        }

        return HomePage.Of(home);
    }
}
