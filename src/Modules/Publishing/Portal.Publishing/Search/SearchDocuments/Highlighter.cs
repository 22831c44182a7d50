using System.Buffers;

namespace Portal.Publishing.Search.SearchDocuments;

/// <summary>A stretch of text, marked or not. Rendering encodes it like any other text.</summary>
public readonly record struct Segment(string Text, bool Marked);

/// <summary>Cuts an excerpt around the first word found and marks every word in it.</summary>
internal static class Highlighter
{
    // Numbers and Latin words, with what holds a telephone number or an address together.
    private const int LongestWord = 30;
    private const string WordJoints = "-.,:/@_";
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？；…\n");
    private static readonly SearchValues<char> Pauses = SearchValues.Create("，、：,;:　 \t”』」）)");

    /// <summary>About 80 characters, from a little before the first hit: where a sentence or a word begins.</summary>
    public static IReadOnlyList<Segment> Excerpt(string text, IReadOnlyList<string> words, int length = 80)
    {
        var folded = Fold(text);
        var first = words
            .Select(word => folded.IndexOf(Fold(word), StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(0)
            .Min();
        var start = StartOf(text, Math.Max(0, first - (length / 4)), first);
        var end = EndOf(text, Math.Min(text.Length, start + length));
        // Never between the halves of a character outside the first plane.
        start -= start > 0 && char.IsLowSurrogate(text[start]) ? 1 : 0;
        end += end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
        var cut = text[start..end].Replace('\n', ' ').Replace('\t', ' ');
        List<Segment> segments = [];
        if (start > 0)
        {
            segments.Add(new Segment("……", false));
        }

        segments.AddRange(Mark(cut, words));
        if (end < text.Length)
        {
            segments.Add(new Segment("……", false));
        }

        return segments;
    }

    private static int StartOf(string text, int earliest, int first)
    {
        if (earliest == 0)
        {
            return 0;
        }

        var before = text.AsSpan(earliest - 1, first - earliest + 1);
        var pause = before.IndexOfAny(SentenceEnds) is var end and >= 0 ? end : before.IndexOfAny(Pauses);
        if (pause >= 0)
        {
            var start = earliest + pause;
            while (start < first && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            return start;
        }

        var word = earliest;
        while (word > 0 && earliest - word < LongestWord && IsWithinWord(text, word))
        {
            word--;
        }

        return IsWithinWord(text, word) ? earliest : word;
    }

    private static int EndOf(string text, int latest)
    {
        var end = latest;
        while (end < text.Length && end - latest < LongestWord && IsWithinWord(text, end))
        {
            end++;
        }

        return IsWithinWord(text, end) ? latest : end;
    }

    private static bool IsWithinWord(string text, int at) =>
        at > 0 && at < text.Length && IsOfWord(text[at - 1]) && IsOfWord(text[at]);

    private static bool IsOfWord(char character) =>
        char.IsAsciiLetterOrDigit(character) || WordJoints.Contains(character, StringComparison.Ordinal);

    /// <summary>The whole text with every word marked; overlapping marks become one.</summary>
    public static IReadOnlyList<Segment> Mark(string text, IReadOnlyList<string> words)
    {
        var folded = Fold(text);
        var marked = new bool[text.Length];
        foreach (var word in words.Select(Fold).Where(word => word.Length > 0))
        {
            for (var at = folded.IndexOf(word, StringComparison.Ordinal);
                at >= 0;
                at = folded.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                Array.Fill(marked, true, at, word.Length);
            }
        }

        List<Segment> segments = [];
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && marked[end] == marked[start])
            {
                end++;
            }

            segments.Add(new Segment(text[start..end], marked[start]));
            start = end;
        }

        return segments;
    }

    /// <summary>Folds character by character, so that positions stay those of the original.</summary>
    private static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            var character = source[i];
            // Full-width ASCII stands 0xFEE0 above its narrow twin.
            folded[i] = char.ToLowerInvariant(
                character is >= '！' and <= '～' ? (char)(character - 0xFEE0) : character);
        }
    });
}
