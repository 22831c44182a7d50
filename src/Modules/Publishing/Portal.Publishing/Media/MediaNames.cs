using System.Buffers;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Media;

/// <summary>File names as they are shown: without paths, marks that turn the reading direction, or a false ending.</summary>
internal static class MediaNames
{
    private const int MaximumStem = 100;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\"<>|:*?%#&;'`$");

    /// <summary>The last part of what the browser sent, cleaned, with the ending that the content has.</summary>
    public static string Clean(string? sent, FileKind kind)
    {
        var name = sent ?? "";
        var cut = name.LastIndexOfAny(['/', '\\']);
        name = TextRules.Line(cut < 0 ? name : name[(cut + 1)..]).Value;
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 ? name[..dot] : name;
        stem = string.Concat(stem.Select(letter => Unsafe.Contains(letter) ? '_' : letter)).Trim(' ', '.', '_');
        stem = TextRules.Cut(stem, MaximumStem, "");
        return (stem.Length == 0 ? "file" : stem) + "." + kind.Extension;
    }
}
