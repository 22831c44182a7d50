using System.Buffers;
using System.Globalization;

namespace Portal.Publishing.RichText;

/// <summary>
/// Word pastes list items as paragraphs that carry "mso-list:l0 level2 lfo1" and their number as text. Items that
/// follow each other become one list again. Chinese numbers (一、（一）) are part of an official text and stay in it.
/// </summary>
internal sealed class WordList
{
    private const int MaxLevel = 9;

    private static readonly SearchValues<char> ChineseNumbers =
        SearchValues.Create("一二三四五六七八九十百第〇零壹贰叁肆伍陆柒捌玖拾①②③④⑤⑥⑦⑧⑨⑩");

    private readonly List<Item> items = [];

    private sealed record Item(int Level, int? Number, NodeList<Block> Content);

    public bool IsEmpty => items.Count == 0;

    /// <summary>The level that a style attribute names, or null for an ordinary paragraph.</summary>
    public static int? LevelOf(string? style)
    {
        var list = HtmlStyle.Value(style, "mso-list");
        var at = list.IndexOf("level", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && at + 5 < list.Length && char.IsAsciiDigit(list[at + 5])
            ? Math.Clamp(list[at + 5] - '0', 1, MaxLevel)
            : null;
    }

    public static bool IsMarker(string? style) => HtmlStyle.Has(style, "mso-list", "ignore");

    public static bool IsChineseMarker(ReadOnlySpan<char> marker) => marker.ContainsAny(ChineseNumbers);

    public void Add(int level, string marker, NodeList<Block> content) =>
        items.Add(new Item(level, NumberOf(marker), content));

    /// <summary>The collected lists; empty afterwards.</summary>
    public IEnumerable<Block> Build()
    {
        var blocks = new List<Block>();
        for (var at = 0; at < items.Count;)
        {
            blocks.Add(Build(ref at));
        }

        items.Clear();
        return blocks;
    }

    private Block Build(ref int at)
    {
        var (level, number) = (items[at].Level, items[at].Number);
        var built = new List<ListItem>();
        while (at < items.Count
            && items[at].Level >= level
            && (items[at].Level > level || IsNumbered(at) == number.HasValue))
        {
            var content = new List<Block>(items[at].Content);
            at++;
            while (at < items.Count && items[at].Level > level)
            {
                content.Add(Build(ref at));
            }

            built.Add(new ListItem([.. content]));
        }

        return number is { } start ? new OrderedList([.. built], start) : new BulletList([.. built]);
    }

    private bool IsNumbered(int at) => items[at].Number.HasValue;

    /// <summary>"3." or "3)" is 3, "c." counts as 1; "·", "o" and "§" are bullets.</summary>
    private static int? NumberOf(string marker)
    {
        var text = marker.AsSpan().Trim(" \t\n\r\u00a0(（)）.．、");
        var bare = marker.AsSpan().Trim(" \t\n\r\u00a0");
        return text.Length < 7 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : text.Length is 1 or 2 && char.IsAsciiLetter(text[0]) && bare.Length > text.Length ? 1
            : null;
    }
}
