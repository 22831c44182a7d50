using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Shared.Feeds;

/// <summary>JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    public static byte[] Write(Feed feed, SiteInfo site, ISites sites)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", $"{feed.Title} - {site.Name}");
            json.WriteString("home_page_url", sites.AddressOf(site, feed.Page).AbsoluteUri);
            json.WriteString("feed_url", sites.AddressOf(site, feed.Path + "/feed.json").AbsoluteUri);
            json.WriteString("language", "zh-CN");
            if (feed.Description.Length > 0)
            {
                json.WriteString("description", feed.Description);
            }

            json.WriteStartArray("items");
            foreach (var entry in feed.Entries)
            {
                Write(json, entry, sites.AddressOf(site, entry.Path).AbsoluteUri);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FeedEntry entry, string address)
    {
        json.WriteStartObject();
        json.WriteString("id", "urn:uuid:" + entry.Id.ToString("D"));
        json.WriteString("url", address);
        json.WriteString("title", entry.Title);
        json.WriteString("content_text", entry.Summary.Length > 0 ? entry.Summary : entry.Title);
        json.WriteString("date_published", BeijingTime.Machine(entry.PublishedAt ?? entry.UpdatedAt));
        json.WriteString("date_modified", BeijingTime.Machine(entry.UpdatedAt));
        if (entry.Author.Length > 0)
        {
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", entry.Author);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
