using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadDirectoryFeed;

/// <summary>The newest entries of a site's directory, as Atom (RFC 4287) and as JSON Feed 1.1.</summary>
internal sealed class ReadDirectoryFeedEndpoint : ICarterModule
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/disclosure/feed.xml", AtomAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/disclosure/feed.json", JsonAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> AtomAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text) =>
        Results.Bytes(
            Atom(await EntriesAsync(http, current.Site!, sender), current.Site!, sites, text),
            "application/atom+xml; charset=utf-8");

    private static async Task<IResult> JsonAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text) =>
        Results.Bytes(
            Json(await EntriesAsync(http, current.Site!, sender), current.Site!, sites, text),
            "application/feed+json; charset=utf-8");

    private static async Task<IReadOnlyList<EntryRow>> EntriesAsync(HttpContext http, SiteInfo site, ISender sender)
    {
        http.Tag(CacheTags.Directory(site.Id));
        var page = await sender.Send(new BrowseDirectory.BrowseDirectory { ScopeId = site.Id }, http.RequestAborted);
        return page.Entries.Items;
    }

    private static byte[] Atom(
        IReadOnlyList<EntryRow> entries, SiteInfo site, ISites sites, IStringLocalizer<DirectoryText> text)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            var self = sites.AddressOf(site, "disclosure/feed.xml").AbsoluteUri;
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "zh-CN");
            xml.WriteElementString("id", Namespace, self);
            xml.WriteElementString("title", Namespace, $"{text["Directory.Title"]} - {site.Name}");
            xml.WriteElementString(
                "updated", Namespace, BeijingTime.Machine(entries.Select(entry => entry.UpdatedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, "self", "application/atom+xml", self);
            Link(xml, "alternate", "text/html", sites.AddressOf(site, RecordPath.Directory).AbsoluteUri);
            xml.WriteStartElement("author", Namespace);
            xml.WriteElementString("name", Namespace, site.OrganisationName);
            xml.WriteEndElement();
            foreach (var entry in entries)
            {
                xml.WriteStartElement("entry", Namespace);
                xml.WriteElementString("id", Namespace, "urn:uuid:" + entry.Id.ToString("D"));
                xml.WriteElementString("title", Namespace, entry.Title.ForXml());
                Link(xml, "alternate", "text/html", sites.AddressOf(site, RecordPath.Of(entry.Id)).AbsoluteUri);
                xml.WriteElementString("published", Namespace, BeijingTime.Machine(entry.PublishedAt));
                xml.WriteElementString("updated", Namespace, BeijingTime.Machine(entry.UpdatedAt));
                xml.WriteStartElement("author", Namespace);
                xml.WriteElementString("name", Namespace, entry.Publisher);
                xml.WriteEndElement();
                xml.WriteElementString("summary", Namespace, SummaryOf(entry, text).ForXml());
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static byte[] Json(
        IReadOnlyList<EntryRow> entries, SiteInfo site, ISites sites, IStringLocalizer<DirectoryText> text)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", $"{text["Directory.Title"]} - {site.Name}");
            json.WriteString("home_page_url", sites.AddressOf(site, RecordPath.Directory).AbsoluteUri);
            json.WriteString("feed_url", sites.AddressOf(site, "disclosure/feed.json").AbsoluteUri);
            json.WriteString("language", "zh-CN");
            json.WriteStartArray("items");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("id", "urn:uuid:" + entry.Id.ToString("D"));
                json.WriteString("url", sites.AddressOf(site, RecordPath.Of(entry.Id)).AbsoluteUri);
                json.WriteString("title", entry.Title);
                json.WriteString("content_text", SummaryOf(entry, text));
                json.WriteString("date_published", BeijingTime.Machine(entry.PublishedAt));
                json.WriteString("date_modified", BeijingTime.Machine(entry.UpdatedAt));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string SummaryOf(EntryRow entry, IStringLocalizer<DirectoryText> text) =>
        $"{text["Line.Index"]}{entry.IndexNumber}　{entry.Description ?? entry.Title}";

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }
}
