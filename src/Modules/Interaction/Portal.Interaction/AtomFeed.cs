using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction;

/// <summary>An entry of a feed.</summary>
/// <param name="Id">Its lasting identity.</param>
/// <param name="Title">Its title.</param>
/// <param name="Path">Its page on the site.</param>
/// <param name="UpdatedAt">When what it says last changed.</param>
/// <param name="Author">The unit that answers for it.</param>
/// <param name="Summary">What it says, in short.</param>
internal sealed record AtomEntry(Guid Id, string Title, string Path, DateTimeOffset UpdatedAt, string Author, string? Summary = null);

/// <summary>A public list of a site as Atom (RFC 4287).</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>The feed of a list; it stands below it as <c>feed.xml</c>.</summary>
    public static IResult Of(ISites sites, SiteInfo site, string list, string title, IReadOnlyList<AtomEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            var self = sites.AddressOf(site, list + "/feed.xml").AbsoluteUri;
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "zh-CN");
            xml.WriteElementString("id", Namespace, self);
            xml.WriteElementString("title", Namespace, $"{title} - {site.Name}");
            xml.WriteElementString(
                "updated", Namespace, BeijingTime.Machine(entries.Select(entry => entry.UpdatedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, "self", "application/atom+xml", self);
            Link(xml, "alternate", "text/html", sites.AddressOf(site, list).AbsoluteUri);
            foreach (var entry in entries)
            {
                Write(xml, entry, sites.AddressOf(site, entry.Path).AbsoluteUri);
            }

            xml.WriteEndElement();
        }

        return Results.Bytes(stream.ToArray(), "application/atom+xml; charset=utf-8");
    }

    private static void Write(XmlWriter xml, AtomEntry entry, string address)
    {
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, "urn:uuid:" + entry.Id.ToString("D"));
        xml.WriteElementString("title", Namespace, entry.Title);
        if (entry.Summary is { } summary)
        {
            xml.WriteElementString("summary", Namespace, summary);
        }

        Link(xml, "alternate", "text/html", address);
        xml.WriteElementString("updated", Namespace, BeijingTime.Machine(entry.UpdatedAt));
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, entry.Author);
        xml.WriteEndElement();
        xml.WriteEndElement();
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
