using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Demo;

/// <summary>What the seeder must know of a body and of a picture before the readers see them.</summary>
internal static partial class DemoMarkdown
{
    private const int LongestAgency = 30;
    private const string CaptionMark = "表：";

    /// <summary>Names of the pictures in <c>![alt](image:name)</c>.</summary>
    public static IEnumerable<string> Images(string body) => Image().Matches(body).Select(match => match.Groups[1].Value);

    /// <summary>A paragraph「表：…」 above a table is its caption.</summary>
    public static RichDocument WithCaptions(RichDocument document)
    {
        List<Block> blocks = [];
        foreach (var block in document.Content)
        {
            if (block is Table table && blocks is [.., Paragraph above] && above.PlainText() is var text
                && text.StartsWith(CaptionMark, StringComparison.Ordinal))
            {
                blocks[^1] = new Table(table.Rows, text[CaptionMark.Length..]);
            }
            else
            {
                blocks.Add(block);
            }
        }

        return new RichDocument([.. blocks]);
    }

    /// <summary>落款: the agency and the date at the end of a document stand at the right.</summary>
    public static RichDocument WithSignature(RichDocument document)
    {
        Block[] blocks = [.. document.Content];
        if (blocks is not [.., Paragraph agency, Paragraph date] || !Date().IsMatch(date.PlainText()))
        {
            return document;
        }

        blocks[^1] = date with { Align = TextAlign.Right };
        if (agency.PlainText().Length <= LongestAgency && !agency.PlainText().EndsWith('。'))
        {
            blocks[^2] = agency with { Align = TextAlign.Right };
        }

        return new RichDocument([.. blocks]);
    }

    /// <summary>Width and height stand at a fixed place of a PNG's first chunk.</summary>
    public static (int Width, int Height)? SizeOfPng(byte[] content) => content.Length < 24
        ? null
        : (BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(20)));

    [GeneratedRegex(@"^\d{4}年\d{1,2}月\d{1,2}日$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"\(image:([a-z0-9.-]+)\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Image();
}
