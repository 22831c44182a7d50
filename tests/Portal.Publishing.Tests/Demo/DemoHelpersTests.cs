using System.IO.Compression;
using System.Xml;
using Portal.Publishing.Demo;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.Demo;

public sealed class DemoHelpersTests
{
    [Fact]
    public void A_line_above_a_table_becomes_its_caption()
    {
        var read = MarkdownReader.Read("开头。\n\n表：抽查结果\n\n| 问题 | 数量 |\n| --- | --- |\n| 链接失效 | 214 |\n").Document!;

        var document = DemoMarkdown.WithCaptions(read);

        Assert.Equal("抽查结果", Assert.IsType<Table>(document.Content[1]).Caption);
        Assert.Equal(2, document.Content.Count);
    }

    [Fact]
    public void Agency_and_date_at_the_end_stand_at_the_right()
    {
        var document = DemoMarkdown.WithSignature(
            MarkdownReader.Read("正文。\n\n云岭省人民政府办公厅\n\n2026年4月27日\n").Document!);

        Assert.Equal(
            [TextAlign.Left, TextAlign.Right, TextAlign.Right],
            document.Content.Cast<Paragraph>().Select(paragraph => paragraph.Align));
    }

    [Fact]
    public void A_sentence_before_the_date_is_no_agency()
    {
        var document = DemoMarkdown.WithSignature(MarkdownReader.Read("本办法自发布之日起施行。\n\n2026年4月27日\n").Document!);

        Assert.Equal(TextAlign.Left, Assert.IsType<Paragraph>(document.Content[0]).Align);
    }

    [Fact]
    public void Reviews_happen_in_order_before_the_release()
    {
        var release = new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));

        var times = ReviewTimes.Before(release);

        DateTimeOffset[] order = [times.Started, times.Submitted, times.First, times.Second, times.Released];
        Assert.Equal(order.Order(), order);
        Assert.Equal(5, order.Distinct().Count());
        Assert.Equal(release, times.Released);
    }

    [Theory]
    [InlineData("docx", "word/document.xml")]
    [InlineData("xlsx", "xl/worksheets/sheet1.xml")]
    public void Attachments_are_packages_whose_parts_can_be_read(string kind, string part)
    {
        var (content, _) = DemoOfficeFile.Make(new DemoAttachment("表", kind, "甲\t乙<&>\n丙"));

        using var archive = new ZipArchive(new MemoryStream(content));
        Assert.NotNull(archive.GetEntry("[Content_Types].xml"));
        using var reader = XmlReader.Create(
            archive.GetEntry(part)!.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var text = "";
        while (reader.Read())
        {
            text += reader.NodeType == XmlNodeType.Text ? reader.Value : "";
        }

        Assert.Contains("乙<&>", text, StringComparison.Ordinal);
        Assert.Equal(content, DemoOfficeFile.Make(new DemoAttachment("表", kind, "甲\t乙<&>\n丙")).Content);
    }
}
