using System.Text;
using System.Xml;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Publishing.Feeds.ReadFeed;

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
            xml.WriteElementString("id", Namespace, self);
            xml.WriteElementString("title", Namespace, $"{feed.Name} - {site.Name}");
            if (feed.Description.Length > 0)
            {
                xml.WriteElementString("subtitle", Namespace, feed.Description);
            }

            xml.WriteElementString("updated", Namespace, BeijingTime.Machine(feed.UpdatedAt));
            Link(xml, "self", "application/atom+xml", self);
            Link(xml, "alternate", "text/html", sites.AddressOf(site, feed.Path).AbsoluteUri);
            xml.WriteStartElement("author", Namespace);
            xml.WriteElementString("name", Namespace, site.OrganisationName);
            xml.WriteEndElement();
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
        xml.WriteElementString("id", Namespace, "urn:uuid:" + entry.Id.ToString("D"));
        xml.WriteElementString("title", Namespace, entry.Title);
        Link(xml, "alternate", "text/html", address);
        xml.WriteElementString("published", Namespace, BeijingTime.Machine(entry.PublishedAt));
        xml.WriteElementString("updated", Namespace, BeijingTime.Machine(entry.UpdatedAt));
        if (entry.Author.Length > 0)
        {
            xml.WriteStartElement("author", Namespace);
            xml.WriteElementString("name", Namespace, entry.Author);
            xml.WriteEndElement();
        }

        if (entry.Summary.Length > 0)
        {
            xml.WriteElementString("summary", Namespace, entry.Summary);
        }

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
