using System.Globalization;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Publishing.RichText;

[Flags]
internal enum TextChange
{
    None = 0,
    ControlCharacters = 1,
    DirectionMarks = 2,
    InvisibleCharacters = 4,
    TooLong = 8,
}

/// <summary>A single-line field after normalisation, and what was taken out, so that the form can say it.</summary>
internal sealed record LineText(string Value, TextChange Changes);

/// <summary>One form for titles, names and other single-line fields.</summary>
internal static class TextRules
{
    private const int ZeroWidthNonJoiner = 0x200c;
    private const int ZeroWidthJoiner = 0x200d;

    /// <summary>
    /// NFC, blanks around and runs of blanks collapsed, no control characters, no direction marks, nothing invisible.
    /// Joiners stay where they shape what is read: inside emoji and between letters of scripts that join. <paramref
    /// name="maxLength"/> counts characters as a reader does; zero means no limit.
    /// </summary>
    public static LineText Line(string? input, int maxLength = 0)
    {
        var changes = TextChange.None;
        var line = new StringBuilder(input?.Length ?? 0);
        var runes = (input ?? "").EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var change = ChangeOf(runes, i);
            if (change == TextChange.None)
            {
                line.Append(runes[i]);
                continue;
            }

            changes |= change;
            if (change == TextChange.ControlCharacters)
            {
                line.Append(' ');
            }
        }

        var value = Collapse(line.ToString().Normalised(NormalizationForm.FormC));
        if (maxLength > 0 && Cut(value, maxLength, "") is var cut && cut.Length < value.Length)
        {
            (value, changes) = (cut, changes | TextChange.TooLong);
        }

        return new LineText(value, changes);
    }

    /// <summary>Number of characters as a reader counts them: 𠮷 is one, a family emoji is one.</summary>
    public static int Length(string text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; at += StringInfo.GetNextTextElementLength(text.AsSpan(at)))
        {
            count++;
        }

        return count;
    }

    /// <summary>At most so many characters as a reader counts them, with a mark when something was cut off.</summary>
    public static string Cut(string text, int characters, string mark = "…")
    {
        var at = 0;
        for (var count = 0; at < text.Length; count++)
        {
            if (count == characters)
            {
                return text[..at].TrimEnd() + mark;
            }

            at += StringInfo.GetNextTextElementLength(text.AsSpan(at));
        }

        return text;
    }

    /// <summary>
    /// No blanks around, and one blank where there were several; a full-width blank between words stays one.
    /// </summary>
    public static string Collapse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var result = new StringBuilder(trimmed.Length);
        var inBlank = false;
        foreach (var character in trimmed)
        {
            var blank = char.IsWhiteSpace(character);
            if (!blank)
            {
                result.Append(character);
            }
            else if (!inBlank)
            {
                result.Append(character == '\u3000' ? character : ' ');
            }

            inBlank = blank;
        }

        return result.ToString();
    }

    private static TextChange ChangeOf(Rune[] runes, int at)
    {
        var value = runes[at].Value;
        return value switch
        {
            ' ' or '\t' or '\n' or '\r' => TextChange.None,
            < 0x20 or (>= 0x7f and <= 0x9f) or 0x2028 or 0x2029 => TextChange.ControlCharacters,
            0x200e or 0x200f or 0x061c => TextChange.DirectionMarks,
            _ when RichString.IsBidiControl(value) => TextChange.DirectionMarks,
            ZeroWidthNonJoiner or ZeroWidthJoiner when IsShaping(runes, at) => TextChange.None,
            ZeroWidthNonJoiner or ZeroWidthJoiner => TextChange.InvisibleCharacters,
            0x00ad or 0x034f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or 0x200b or (>= 0x2060 and <= 0x2064)
                or (>= 0x206a and <= 0x206f) or 0x3164 or 0xfeff or 0xffa0 or (>= 0xfff9 and <= 0xfffb)
                => TextChange.InvisibleCharacters,
            (>= 0xe0000 and <= 0xe007f) => IsFlagTag(runes, at) ? TextChange.None : TextChange.InvisibleCharacters,
            _ when (value & 0xfffe) == 0xfffe || value is >= 0xfdd0 and <= 0xfdef => TextChange.ControlCharacters,
            _ => TextChange.None,
        };
    }

    private static bool IsShaping(Rune[] runes, int at) =>
        at > 0 && at + 1 < runes.Length
        && ((runes[at].Value == ZeroWidthJoiner && IsEmojiPart(runes[at - 1].Value) && IsEmojiPart(runes[at + 1].Value))
            || (IsJoiningScript(runes[at - 1].Value) && IsJoiningScript(runes[at + 1].Value)));

    private static bool IsEmojiPart(int value) =>
        value is 0xfe0f or (>= 0x2190 and <= 0x2bff) or (>= 0x1f000 and <= 0x1faff);

    // Arabic (Uyghur, Kazakh), Mongolian, Tibetan and the Indic scripts.
    private static bool IsJoiningScript(int value) =>
        value is (>= 0x0600 and <= 0x08ff) or (>= 0x0900 and <= 0x0fff) or (>= 0x1800 and <= 0x18af)
            or (>= 0xfb50 and <= 0xfdff) or (>= 0xfe70 and <= 0xfefc);

    private static bool IsFlagTag(Rune[] runes, int at)
    {
        var start = at;
        while (start > 0 && at - start < 8 && runes[start].Value is >= 0xe0000 and <= 0xe007f)
        {
            start--;
        }

        return runes[start].Value == 0x1f3f4;
    }
}
