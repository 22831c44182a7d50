using System.Text;
using System.Xml;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.HotTopics.BrowseResponses;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ReadResponseFeed;

/// <summary>The newest responses of a site as Atom (RFC 4287).</summary>
internal sealed class ReadResponseFeedEndpoint : ICarterModule
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/responses/feed.xml", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<TopicText> text, CancellationToken cancellationToken)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Interaction(site.Id));
        var page = await sender.Send(new BrowseResponses.BrowseResponses(), cancellationToken);
        return Results.Bytes(Atom(page.Value.Responses.Items, site, sites, text), "application/atom+xml; charset=utf-8");
    }

    private static byte[] Atom(IReadOnlyList<PublicResponse> responses, SiteInfo site, ISites sites, IStringLocalizer<TopicText> text)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            var self = sites.AddressOf(site, "responses/feed.xml").AbsoluteUri;
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "zh-CN");
            xml.WriteElementString("id", Namespace, self);
            xml.WriteElementString("title", Namespace, $"{text["Browse.Title"]} - {site.Name}");
            xml.WriteElementString(
                "updated", Namespace, BeijingTime.Machine(responses.Select(row => row.PublicAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, "self", "application/atom+xml", self);
            Link(xml, "alternate", "text/html", sites.AddressOf(site, "responses").AbsoluteUri);
            foreach (var response in responses)
            {
                xml.WriteStartElement("entry", Namespace);
                xml.WriteElementString("id", Namespace, "urn:uuid:" + response.Id.ToString("D"));
                xml.WriteElementString("title", Namespace, response.Title);
                xml.WriteElementString("summary", Namespace, response.Summary);
                Link(xml, "alternate", "text/html", sites.AddressOf(site, "responses/" + response.Number).AbsoluteUri);
                xml.WriteElementString("updated", Namespace, BeijingTime.Machine(response.PublicAt));
                xml.WriteStartElement("author", Namespace);
                xml.WriteElementString("name", Namespace, response.UnitName);
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
