using System.Text;
using System.Xml;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Copies.BrowsePublishedLetters;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.ReadLetterFeed;

/// <summary>The newest public letters of a site as Atom (RFC 4287).</summary>
internal sealed class ReadLetterFeedEndpoint : ICarterModule
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/letters/published/feed.xml", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<CopyText> text, CancellationToken cancellationToken)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Letters(site.Id));
        var page = await sender.Send(new BrowsePublishedLetters.BrowsePublishedLetters(), cancellationToken);
        return Results.Bytes(Atom(page.Value.Letters.Items, site, sites, text), "application/atom+xml; charset=utf-8");
    }

    private static byte[] Atom(IReadOnlyList<PublishedLine> letters, SiteInfo site, ISites sites, IStringLocalizer<CopyText> text)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            var self = sites.AddressOf(site, "letters/published/feed.xml").AbsoluteUri;
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "zh-CN");
            xml.WriteElementString("id", Namespace, self);
            xml.WriteElementString("title", Namespace, $"{text["Published.Title"]} - {site.Name}");
            xml.WriteElementString(
                "updated", Namespace, BeijingTime.Machine(letters.Select(letter => letter.ChangedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, "self", "application/atom+xml", self);
            Link(xml, "alternate", "text/html", sites.AddressOf(site, "letters/published").AbsoluteUri);
            foreach (var letter in letters)
            {
                xml.WriteStartElement("entry", Namespace);
                xml.WriteElementString("id", Namespace, "urn:uuid:" + letter.Id.ToString("D"));
                xml.WriteElementString("title", Namespace, letter.Title);
                Link(xml, "alternate", "text/html", sites.AddressOf(site, "letters/published/" + letter.Number).AbsoluteUri);
                xml.WriteElementString("updated", Namespace, BeijingTime.Machine(letter.ChangedAt));
                xml.WriteStartElement("author", Namespace);
                xml.WriteElementString("name", Namespace, letter.UnitName);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }
}
