using Carter;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Host.Sites;

/// <summary>The style sheet of a site's main colour (W-01); its name is the colour, so it may be kept for a year.</summary>
internal sealed class ThemeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/theme/{colour:length(6)}.css", IResult (HttpContext context, string colour) =>
        {
            if (SiteTheme.SheetOf(colour) is not { } sheet)
            {
                return TypedResults.NotFound();
            }

            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Text(sheet, "text/css; charset=utf-8");
        });
}
