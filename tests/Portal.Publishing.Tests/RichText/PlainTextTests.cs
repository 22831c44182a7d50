using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class PlainTextTests
{
    private static readonly Guid Id = new("0198f000-0000-7000-8000-000000000001");

    [Fact]
    public void Office_text_is_read_as_it_stands()
    {
        var document = Read("40*4=160，5~10，a_b_c，`x`，A&amp;B\n第二行\n\n[2000]8号<通知>");
        Assert.Equal("40*4=160，5~10，a_b_c，`x`，A&amp;B\n第二行\n[2000]8号<通知>", document.PlainText());
        Assert.Equal(2, document.Content.Count);
    }

    [Fact]
    public void Headings_lists_tables_marks_and_lines_have_short_signs()
    {
        const string text =
            """
            <number>云政发〔2026〕1号

            ## 一、总体要求

            <b>重点</b>x<sup>2</sup>，见[通知](doc:0198f000-0000-7000-8000-000000000001)

            - 甲
              - 乙
            - 丙

            3. 三
            4. 四

            | 项目 | 数量 |
            | --- | :-: |
            | 甲 | 1 |

            ![大桥](image:0198f000-0000-7000-8000-000000000001 "通车")

            ---

            <right>云岭省人民政府
            """;
        var document = Read(text);
        Assert.Equal(
            [
                "DocumentNumber", "Heading", "Paragraph", "BulletList", "OrderedList", "Table", "Image", "HorizontalRule",
                "Paragraph",
            ],
            document.Content.Select(block => block.GetType().Name));
        Assert.Equal([Id], document.DocumentReferences());
        Assert.Equal(text, PlainTextWriter.Write(document));
    }

    [Fact]
    public void What_text_cannot_show_travels_as_a_marker()
    {
        var document = new RichDocument(
        [
            new Attachment(Id, "附件]].pdf", 5, "application/pdf"),
            new Table([new TableRow([new TableCell([Paragraph.Of("a")], Colspan: 2)])], "表"),
            new Paragraph([new Text("\n\u0301")]),
            Paragraph.Empty,
            Paragraph.Of("前"),
        ]);
        var text = PlainTextWriter.Write(document);
        Assert.StartsWith("[[attachment:{", text, StringComparison.Ordinal);
        Assert.EndsWith("]]\n\n前", text, StringComparison.Ordinal);
        Assert.Equal(document, Read(text));
    }

    [Theory]
    [InlineData("[[image:bad]]")]
    [InlineData("[[image:{\"type\":\"video\",\"attrs\":{\"mediaId\":\"0198f000-0000-7000-8000-000000000001\"}}]]")]
    [InlineData("[[iframe:{\"type\":\"iframe\"}]]")]
    [InlineData("[[备注]] 见下")]
    public void What_only_looks_like_a_marker_stays_text(string text)
    {
        Assert.Equal([Paragraph.Of(text)], Read(text).Content);
        Assert.Equal([Paragraph.Of(text)], Read(PlainTextWriter.Write(Read(text))).Content);
    }

    [Theory]
    [InlineData("# 不是标题")]
    [InlineData("1. 不是列表")]
    [InlineData("- 不是列表")]
    [InlineData("> 不是引用")]
    [InlineData("| a |\n|---|")]
    [InlineData("[a](/b)")]
    [InlineData("[a]: /b")]
    [InlineData("<b>x</b>")]
    [InlineData("<right>x")]
    [InlineData("a\\")]
    [InlineData("---")]
    public void Signs_that_are_meant_as_text_come_back_as_text(string line)
    {
        var document = new RichDocument([Paragraph.Of(line)]);
        Assert.Equal(document, Read(PlainTextWriter.Write(document)));
    }

    [Fact]
    public void Two_lists_in_a_row_stay_two()
    {
        var list = new BulletList([new ListItem([Paragraph.Of("甲")])]);
        var document = new RichDocument([list, list, new OrderedList([new ListItem([Paragraph.Of("乙")])])]);
        Assert.Equal(document, Read(PlainTextWriter.Write(document)));
    }

    private static RichDocument Read(string text)
    {
        var reading = PlainTextReader.Read(text);
        Assert.True(reading.Succeeded, reading.Error?.ToString());
        return reading.Document;
    }
}
