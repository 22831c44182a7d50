using System.Diagnostics.CodeAnalysis;

namespace Portal.Publishing.RichText;

/// <summary>
/// The short tags by which the plain-text form shows marks: &lt;b&gt; &lt;i&gt; &lt;u&gt; &lt;s&gt; &lt;sup&gt;
/// &lt;sub&gt;.
/// </summary>
internal static class MarkTags
{
    public static readonly (Marks Mark, string Name)[] All =
    [
        (Marks.Bold, "b"),
        (Marks.Italic, "i"),
        (Marks.Underline, "u"),
        (Marks.Strike, "s"),
        (Marks.Superscript, "sup"),
        (Marks.Subscript, "sub"),
    ];

    public static bool TryGet(ReadOnlySpan<char> tag, out Marks mark, out bool opens)
    {
        opens = !tag.StartsWith("</");
        var name = tag.Trim("</>");
        foreach (var (known, knownName) in All)
        {
            if (name.SequenceEqual(knownName) && tag.Length == knownName.Length + (opens ? 2 : 3))
            {
                mark = known;
                return true;
            }
        }

        mark = Marks.None;
        return false;
    }
}

/// <summary>The tags that stand in front of a line of the plain-text form which is no ordinary paragraph.</summary>
internal static class LineTags
{
    public const string Center = "<center>";
    public const string Right = "<right>";
    public const string DocumentNumber = "<number>";

    public static bool TryGet(string tag, [NotNullWhen(true)] out Func<NodeList<Inline>, Block>? create)
    {
        create = tag switch
        {
            Center => static content => new Paragraph(content, TextAlign.Center),
            Right => static content => new Paragraph(content, TextAlign.Right),
            DocumentNumber => static content => new DocumentNumber(content),
            _ => null,
        };
        return create is not null;
    }
}
