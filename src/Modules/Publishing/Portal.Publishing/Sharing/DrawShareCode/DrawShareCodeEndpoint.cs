using System.Globalization;
using System.Text;
using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Pages;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;
using QRCoder;

namespace Portal.Publishing.Sharing.DrawShareCode;

/// <summary>
/// The QR code of a page's address, for WeChat (W-05): made here, so that nobody learns who shares what. Only addresses
/// of the site itself, so that the site vouches for no other.
/// </summary>
internal sealed class DrawShareCodeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/share/qr.svg", Answer, "path").AddEndpointFilter<OpenSiteFilter>();

    private static IResult Answer(string? path, HttpContext http, ICurrentSite current, ISites sites)
    {
        if (path is null || (path.Length > 0 && !PagePath.IsOne(path)))
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        http.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Text(Draw(sites.AddressOf(current.Site!, path).AbsoluteUri), "image/svg+xml; charset=utf-8");
    }

    private static string Draw(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var svg = new StringBuilder(4_096).Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {rows.Count} {rows.Count}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{rows.Count}v{rows.Count}H0z\"/><path d=\"");
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var start = x;
                while (x < rows.Count && rows[y][x])
                {
                    x++;
                }

                if (x > start)
                {
                    svg.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
                }
            }
        }

        return svg.Append("\"/></svg>").ToString();
    }
}
