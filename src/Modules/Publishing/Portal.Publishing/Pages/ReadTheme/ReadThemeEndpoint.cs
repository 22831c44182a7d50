using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.ReadTheme;

/// <summary>The style sheet with a site's colour. Its address names the colour, so browsers keep it for a year.</summary>
internal sealed class ReadThemeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapPublicPage("/theme/{colour:length(6)}.css", Answer);

    private static IResult Answer(string colour, HttpContext http)
    {
        if (SiteTheme.SheetOf(colour) is not { } sheet)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(sheet, "text/css; charset=utf-8");
    }
}
