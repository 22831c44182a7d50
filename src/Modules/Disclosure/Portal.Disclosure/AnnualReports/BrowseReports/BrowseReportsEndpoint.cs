using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.BrowseReports;

/// <summary>The column of annual reports of the statutory platform.</summary>
internal sealed class BrowseReportsEndpoint : ICarterModule
{
    public const string Path = "disclosure/annual-reports";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/" + Path, AnswerAsync, "year", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, string? year, string? cursor, ICurrentSite current, ISender sender)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Directory(site.Id));
        var shelf = await sender.Send(
            new BrowseReports
            {
                ScopeId = site.Id,
                Year = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
                Cursor = Cursor.Parse(cursor),
            },
            http.RequestAborted);
        return BrowseReportsPage.Of(shelf, cursor is not null);
    }
}
