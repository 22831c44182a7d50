using System.Buffers;
using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// Escapes the five characters that mean something in HTML and no other, so that Chinese, including characters beyond
/// the basic plane, stays readable and is not tripled in size. Attributes are always written between double quotes.
/// </summary>
internal static class HtmlEncoding
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");

    public static StringBuilder AppendText(this StringBuilder output, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is >= 0 and var at)
        {
            output.Append(text[..at]).Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => "&#39;",
            });
            text = text[(at + 1)..];
        }

        return output.Append(text);
    }

    public static StringBuilder AppendAttribute(this StringBuilder output, string name, ReadOnlySpan<char> value) =>
        output.Append(' ').Append(name).Append("=\"").AppendText(value).Append('"');

    public static StringBuilder AppendAttribute(this StringBuilder output, string name, int value) =>
        output.Append(' ').Append(name).Append("=\"").Append(value).Append('"');
}
