using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.BrowseDirectory;

internal sealed class BrowseDirectoryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage(
            "/" + RecordPath.Directory, AnswerAsync,
            "q", "number", "index", "site", "subject", "genre", "item", "five", "validity", "year", "from", "to", "cursor")
            .AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text)
    {
        var site = current.Site!;
        if (DirectoryQuery.Read(http.Request.Query, site, sites, text) is not { } query)
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        if (query.Errors.Count > 0)
        {
            return BrowseDirectoryPage.Of(query.Request, query.Typed, query.Errors);
        }

        http.Tag(CacheTags.Directory(site.Id));
        return BrowseDirectoryPage.Of(query.Request, await sender.Send(query.Request, http.RequestAborted));
    }
}
