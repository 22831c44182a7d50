using System.Text;
using System.Xml;
using Portal.Interaction.HotTopics.Signals.ImportSignals;
using Portal.Interaction.HotTopics.Signals.PullFeeds;
using Portal.Shared.Text;

namespace Portal.Interaction.Tests.HotTopics.Signals;

/// <summary>Feeds and tables as they come from outside.</summary>
public sealed class FeedReaderTests
{
    [Fact]
    public void An_rss_feed_becomes_plain_items()
    {
        var item = Assert.Single(Read(
            """
            <rss version="2.0"><channel><title>要闻</title><link>https://news.example/</link>
            <item><title>文庙街&lt;b&gt;供水&lt;/b&gt;恢复</title><link>https://news.example/a?x=1&amp;y=2</link><guid>a-1</guid>
            <pubDate>Fri, 20 Nov 2026 08:30:00 +0800</pubDate>
            <description><![CDATA[<p onclick="x()">水质<script>alert(1)</script>达标。</p><img src="http://tracker.example/p.gif">]]></description></item>
            <item><title></title><link>https://news.example/b</link></item></channel></rss>
            """));
        Assert.Equal(("a-1", "文庙街 供水 恢复", "https://news.example/a?x=1&y=2"), (item.Id, item.Title, item.Link));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 0, 30, 0, TimeSpan.Zero), item.At);
        Assert.Equal("水质 达标。", item.Summary);
    }

    [Fact]
    public void An_atom_feed_becomes_plain_items()
    {
        var items = Read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>要闻</title><link href="https://news.example/"/>
            <entry><title type="html">&amp;lt;em&amp;gt;公交&amp;lt;/em&amp;gt;月票</title><link rel="self" href="https://news.example/self"/>
            <link rel="alternate" href="https://news.example/c"/><id>urn:c</id><updated>2026-11-19T08:00:00Z</updated><summary>不取消</summary></entry>
            <entry><title>坏链接</title><link href="javascript:alert(1)"/><id>urn:d</id></entry></feed>
            """);
        Assert.Equal(["公交 月票", "坏链接"], items.Select(item => item.Title));
        Assert.Equal(["https://news.example/c", null], items.Select(item => item.Link));
    }

    [Theory]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>")]
    [InlineData("<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss/>")]
    [InlineData("<rss><channel><item><title>x</title>")]
    [InlineData("no xml at all")]
    public void What_is_dangerous_or_broken_is_refused(string text) =>
        Assert.ThrowsAny<XmlException>(() => Read(text));

    [Fact]
    public void What_is_nested_without_end_is_refused() =>
        Assert.Throws<XmlException>(() => Read("<rss>" + string.Concat(Enumerable.Repeat("<a>", 5000))));

    [Fact]
    public void Another_document_is_no_feed() => Assert.Throws<FormatException>(() => Read("<html><body>404</body></html>"));

    [Fact]
    public void No_more_items_are_read_than_asked_for()
    {
        var many = string.Concat(Enumerable.Range(0, 80).Select(index => $"<item><title>第{index}条</title><guid>{index}</guid></item>"));
        Assert.Equal(50, FeedReader.Read(Encoding.UTF8.GetBytes($"<rss><channel>{many}</channel></rss>"), 50).Count);
    }

    [Fact]
    public void A_table_is_read_in_both_encodings_with_quotes_and_line_breaks()
    {
        const string table = "标题,来源\r\n\"甲,\"\"乙\"\"\",\"一\n二\"\r\n,\r\n丙,丁";
        foreach (var encoding in new[] { "utf-8", "GB18030" })
        {
            var bytes = (encoding == "utf-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(encoding)!).GetBytes(table);
            var lines = SignalCsv.Read(SignalCsv.Decode(bytes)!, 10).ToList();
            Assert.Equal([1, 2, 5], lines.Select(line => line.Number));
            Assert.Equal(["甲,\"乙\"", "一\n二"], lines[1].Cells);
            Assert.Equal(["丙", "丁"], lines[2].Cells);
        }

        Assert.Equal("标题", SignalCsv.Decode([.. Encoding.UTF8.GetPreamble(), .. "标题"u8]));
        Assert.Null(SignalCsv.Decode([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff]));
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("说\"好\"", "\"说\"\"好\"\"\"")]
    public void What_begins_like_a_formula_is_written_as_a_text(string text, string cell) => Assert.Equal(cell, CsvTable.Cell(text));

    private static IReadOnlyList<FeedItem> Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), 50);
}
