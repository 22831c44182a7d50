using System.Globalization;
using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Publishing.Sitemaps.ReadRobots;

/// <summary>What crawlers may read and whom security researchers may tell (RFC 9309, RFC 9116).</summary>
internal sealed class ReadRobotsEndpoint : ICarterModule
{
    private const string Text = "text/plain; charset=utf-8";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/robots.txt", Robots);
        app.MapPublicPage("/.well-known/security.txt", Security).AddEndpointFilter<OpenSiteFilter>();
    }

    private static IResult Robots(ICurrentSite current, ISites sites) => Results.Text(
        current.Site is { IsOpen: true } site
            ? $"""
              User-agent: *
              Disallow: /console
              Disallow: /search
              Disallow: /leave
              Disallow: /error-reports/
              Disallow: /~
              Sitemap: {sites.AddressOf(site, "sitemap.xml").AbsoluteUri}

              """
            : "User-agent: *\nDisallow: /\n",
        Text);

    private static IResult Security(ICurrentSite current, ISites sites, TimeProvider clock)
    {
        var site = current.Site!;
        // The standard wants less than a year.
        var expires = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddMonths(6);
        var contact = string.IsNullOrEmpty(site.Email)
            ? sites.AddressOf(site, "error-reports/new").AbsoluteUri
            : "mailto:" + site.Email;
        return Results.Text(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Contact: {contact}
                Expires: {expires:yyyy-MM-dd'T'HH:mm:ss'Z'}
                Preferred-Languages: zh, en
                Canonical: {sites.AddressOf(site, ".well-known/security.txt").AbsoluteUri}

                """),
            Text);
    }
}
