using System.Text;
using System.Xml;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Shared.Feeds;

/// <summary>RFC 4287.</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static byte[] Write(Feed feed, SiteInfo site, ISites sites)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            var self = sites.AddressOf(site, feed.Path + "/feed.xml").AbsoluteUri;
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "zh-CN");
            Text(xml, "id", self);
            Text(xml, "title", $"{feed.Title} - {site.Name}");
            Text(xml, "subtitle", feed.Description);
            Text(xml, "updated", BeijingTime.Machine(feed.UpdatedAt));
            Link(xml, "self", "application/atom+xml", self);
            Link(xml, "alternate", "text/html", sites.AddressOf(site, feed.Page).AbsoluteUri);
            Author(xml, site.OrganisationName);
            foreach (var entry in feed.Entries)
            {
                Write(xml, entry, sites.AddressOf(site, entry.Path).AbsoluteUri);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, FeedEntry entry, string address)
    {
        xml.WriteStartElement("entry", Namespace);
        Text(xml, "id", "urn:uuid:" + entry.Id.ToString("D"));
        Text(xml, "title", entry.Title);
        Link(xml, "alternate", "text/html", address);
        if (entry.PublishedAt is { } published)
        {
            Text(xml, "published", BeijingTime.Machine(published));
        }

        Text(xml, "updated", BeijingTime.Machine(entry.UpdatedAt));
        if (entry.Author.Length > 0)
        {
            Author(xml, entry.Author);
        }

        Text(xml, "summary", entry.Summary);
        xml.WriteEndElement();
    }

    private static void Author(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Namespace);
        Text(xml, "name", name);
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string element, string text)
    {
        if (text.Length > 0)
        {
            xml.WriteElementString(element, Namespace, text.ForXml());
        }
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
