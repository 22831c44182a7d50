using FsCheck;
using FsCheck.Fluent;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

/// <summary>Documents of every kind of node, with text that is awkward on purpose.</summary>
internal sealed class RandomDocument(Random random, int size)
{
    private static readonly string[] Words =
    [
        "第一条", "为了规范数据管理", "　　", " ", "  ", "总则", "（一）", "𠮷", "😀", "👨‍👩‍👧", "á", "a\u0301", "\u0301", "\t", "\n", "\u200b", "\u202e",
        "\u00a0", "<b>", "</p>", "&amp;", "&", "\"", "'", "`", "*", "**", "_", "~", "\\", "[", "]", "](", "[[", "]]", "![", "(", ")",
        "|", "---", "- ", "+ ", "1. ", "2) ", "#", "## ", "> ", "===", "```", "<!--", "-->", "http://a.example", ":", "。", "；", "2026",
        "\0", "\r\n", "\ud800", "العربية", "\u200f", "ᠮᠣᠩᠭᠣᠯ", "x", "年",
    ];

    private static readonly Guid[] Ids =
        [new("0198f000-0000-7000-8000-000000000001"), new("0198f000-0000-7000-8000-000000000002")];

    private int left = size;

    public static Arbitrary<RichDocument> Arbitrary() => Arb.From(Gen.Sized(size =>
        Gen.Choose(0, int.MaxValue).Select(seed => new RandomDocument(new Random(seed), size + 1).Document())));

    public RichDocument Document() => new(Blocks(depth: 0, 0, left));

    private NodeList<Block> Blocks(int depth, int least, int most)
    {
        var blocks = new Block[random.Next(least, Math.Max(least, Math.Min(most, Math.Max(left, 0))) + 1)];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Block(depth);
        }

        return NodeList.Create<Block>(blocks);
    }

    private Block Block(int depth)
    {
        left--;
        return random.Next(depth < 3 ? 14 : 9) switch
        {
            0 or 1 or 2 => new Paragraph(Line()),
            3 => new Paragraph(Line(), (TextAlign)random.Next(3)),
            4 => new Heading(random.Next(2, 5), Line()),
            5 => new DocumentNumber(Line()),
            6 => new Image(Id(), Phrase(2), random.Next(2) == 0, Phrase(1)),
            7 => random.Next(2) == 0
                ? new Attachment(Id(), Phrase(2), random.Next(3) * 1_000_000L, "application/pdf")
                : new Video(Id(), Phrase(2)),
            8 => new HorizontalRule(),
            9 => new BulletList(Items(depth)),
            10 => new OrderedList(Items(depth), random.Next(3) * 5),
            11 => new Blockquote(Blocks(depth + 1, 0, 3)),
            12 => SimpleTable(),
            _ => new Table(Rows(depth), Phrase(1)),
        };
    }

    private NodeList<ListItem> Items(int depth)
    {
        var items = new ListItem[random.Next(1, 4)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new ListItem(Blocks(depth + 1, 0, 3));
        }

        return NodeList.Create<ListItem>(items);
    }

    private NodeList<TableRow> Rows(int depth)
    {
        var rows = new TableRow[random.Next(1, 4)];
        for (var i = 0; i < rows.Length; i++)
        {
            var cells = new TableCell[random.Next(1, 4)];
            for (var j = 0; j < cells.Length; j++)
            {
                HeaderScope? scope = random.Next(3) == 0 ? (HeaderScope)random.Next(4) : null;
                cells[j] = new TableCell(Blocks(depth + 1, 0, 2), scope, random.Next(1, 3), random.Next(1, 3));
            }

            rows[i] = new TableRow(NodeList.Create<TableCell>(cells));
        }

        return NodeList.Create<TableRow>(rows);
    }

    private Table SimpleTable()
    {
        var width = random.Next(1, 4);
        var rows = new TableRow[random.Next(1, 4)];
        for (var i = 0; i < rows.Length; i++)
        {
            var cells = new TableCell[width];
            for (var j = 0; j < width; j++)
            {
                cells[j] = new TableCell([new Paragraph(Line())], i == 0 ? HeaderScope.Col : null);
            }

            rows[i] = new TableRow(NodeList.Create<TableCell>(cells));
        }

        return new Table(NodeList.Create<TableRow>(rows));
    }

    private NodeList<Inline> Line()
    {
        var line = new Inline[random.Next(5)];
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = random.Next(8) == 0 ? new HardBreak() : new Text(Phrase(4), SomeMarks(), SomeLink());
        }

        return NodeList.Create<Inline>(line);
    }

    private Marks SomeMarks() => random.Next(3) == 0 ? (Marks)random.Next(64) : Marks.None;

    private Link? SomeLink()
    {
        string[] addresses =
            ["https://a.example/x?y=1&z=(2)", "http://evil.example/路", "mailto:a@b.example", "tel:0871-12345", "/zhengce/1", "#s-1"];
        return random.Next(8) switch
        {
            0 => Link.To(Id()),
            1 => Link.TryCreate(addresses[random.Next(addresses.Length)], out var link) ? link : null,
            _ => null,
        };
    }

    private Guid Id() => Ids[random.Next(Ids.Length)];

    private string Phrase(int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => Words[random.Next(Words.Length)]));
}
