using System.Globalization;
using System.Text;
using System.Xml;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Sitemaps.ReadSitemap;

/// <summary>sitemaps.org: an index a site, parts of at most ten thousand addresses.</summary>
internal sealed class ReadSitemapEndpoint : ICarterModule
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string MediaType = "application/xml; charset=utf-8";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/sitemap.xml", IndexAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/sitemaps/{part:int}.xml", PartAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> IndexAsync(HttpContext http, ICurrentSite current, ISites sites, ISender sender)
    {
        var site = current.Site!;
        var parts = await sender.Send(new ListSitemaps(site.Id), http.RequestAborted);
        return Results.Bytes(
            Write("sitemapindex", "sitemap", parts.Select((changed, part) => (
                sites.AddressOf(site, string.Create(CultureInfo.InvariantCulture, $"sitemaps/{part}.xml")), changed))),
            MediaType);
    }

    private static async Task<IResult> PartAsync(
        int part, HttpContext http, ICurrentSite current, ISites sites, ISender sender)
    {
        var site = current.Site!;
        return part >= 0 && await sender.Send(new ReadSitemap(site.Id, part), http.RequestAborted) is { } entries
            ? Results.Bytes(
                Write("urlset", "url", entries.Select(entry => (sites.AddressOf(site, entry.Path), entry.ChangedAt))), MediaType)
            : MessagePage.Of(StatusCodes.Status404NotFound);
    }

    private static byte[] Write(string root, string item, IEnumerable<(Uri Address, DateTimeOffset? Changed)> entries)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement(root, Namespace);
            foreach (var (address, changed) in entries)
            {
                xml.WriteStartElement(item, Namespace);
                xml.WriteElementString("loc", Namespace, address.AbsoluteUri);
                if (changed is { } at)
                {
                    xml.WriteElementString("lastmod", Namespace, BeijingTime.Machine(at));
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }
}
