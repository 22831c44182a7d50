using System.Net;
using System.Text.Json;
using System.Xml;
using Portal.Publishing.Tests.Pages;

namespace Portal.Publishing.Tests.Feeds;

public sealed class ReadFeedTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_channels_feed_holds_its_newest_pages_with_escaped_titles()
    {
        await host.Channel("feeds");
        var channel = await host.Channel("feeds/below");
        for (var i = 0; i < 32; i++)
        {
            await host.Publish(channel, $"n{i}", change: edition => edition.Title = "公告<&>" + edition.Slug);
        }

        using var visitor = host.Visitor();
        var atom = await visitor.Get("/feeds/feed.xml");
        var json = await visitor.Get("/feeds/feed.json");

        Assert.Equal("application/atom+xml", atom.ContentHeaders.ContentType!.MediaType);
        var titles = Titles(atom.Text);
        Assert.Equal(30, titles.Count);
        Assert.Equal("公告<&>n31", titles[0]);
        var items = JsonDocument.Parse(json.Bytes).RootElement.GetProperty("items");
        Assert.Equal(30, items.GetArrayLength());
        Assert.Equal("公告<&>n31", items[0].GetProperty("title").GetString());
        Assert.EndsWith("/feeds/below/n31", items[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing/feed.xml")]
    [InlineData("/feed.xml")]
    [InlineData("/a/../feed.xml/feed.xml")]
    public async Task There_is_no_feed_without_a_channel(string path)
    {
        using var visitor = host.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(path)).Status);
    }

    private static List<string> Titles(string feed)
    {
        List<string> titles = [];
        using var reader = XmlReader.Create(new StringReader(feed), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var inEntry = false;
        while (reader.Read())
        {
            inEntry |= reader is { NodeType: XmlNodeType.Element, LocalName: "entry" };
            if (inEntry && reader is { NodeType: XmlNodeType.Element, LocalName: "title" })
            {
                titles.Add(reader.ReadElementContentAsString());
            }
        }

        return titles;
    }
}
