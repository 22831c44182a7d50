using System.Globalization;

namespace Portal.Publishing.RichText;

internal enum Change
{
    Unchanged,
    Inserted,
    Deleted,
    Changed,
}

/// <summary>A piece of a line that stayed, came or went.</summary>
internal sealed record DiffSegment(Change Change, string Text);

/// <summary>
/// Compares two lines character by character, as Chinese is read; runs of Latin letters or digits count as one, so
/// that 2025 becomes 2026 and not 202(5→6). Long texts are compared sentence by sentence first.
/// </summary>
internal static class TextDiff
{
    private const int LongText = 4_000;
    private const int MaxTokenChanges = 800;
    private const int MaxSentenceChanges = 1_000;

    // Below this share of common text two versions are easier to read one after the other than mixed.
    private const double LeastCommon = 0.25;

    public static IReadOnlyList<DiffSegment> Compare(string before, string after)
    {
        if (before == after)
        {
            return before.Length == 0 ? [] : [new DiffSegment(Change.Unchanged, before)];
        }

        var segments = new List<DiffSegment>();
        if (before.Length > LongText || after.Length > LongText)
        {
            CompareSentences(segments, before, after);
        }
        else
        {
            CompareTokens(segments, before, after);
        }

        return Join(segments);
    }

    private static void CompareSentences(List<DiffSegment> segments, string before, string after)
    {
        var likeness = new Likeness<string>(static sentence => sentence);
        foreach (var (change, left, right) in
            Alignment.Align(Sentences(before), Sentences(after), MaxSentenceChanges, likeness.Of))
        {
            if (change == Change.Changed && left!.Length <= LongText && right!.Length <= LongText)
            {
                CompareTokens(segments, left, right);
                continue;
            }

            Add(segments, change == Change.Unchanged ? Change.Unchanged : Change.Deleted, left ?? "");
            Add(segments, Change.Inserted, change == Change.Unchanged ? "" : right ?? "");
        }
    }

    private static void CompareTokens(List<DiffSegment> segments, string before, string after)
    {
        var (a, b) = (Tokens(before), Tokens(after));
        var ids = new Interner<string>();
        var matches = SequenceDiff.Compare(ids.Of(a), ids.Of(b), MaxTokenChanges);
        matches = WithoutStrays(matches, a, b);
        if (matches.Sum(match => match.Length) < LeastCommon * Math.Max(a.Count, b.Count))
        {
            matches = [];
        }

        var (x, y) = (0, 0);
        foreach (var match in matches.Append(new Match(a.Count, b.Count, 0)))
        {
            Add(segments, Change.Deleted, string.Concat(a.GetRange(x, match.Before - x)));
            Add(segments, Change.Inserted, string.Concat(b.GetRange(y, match.After - y)));
            Add(segments, Change.Unchanged, string.Concat(a.GetRange(match.Before, match.Length)));
            (x, y) = (match.Before + match.Length, match.After + match.Length);
        }
    }

    /// <summary>
    /// A single character that happens to be the same between two changes only makes both harder to read.
    /// </summary>
    private static List<Match> WithoutStrays(List<Match> matches, List<string> a, List<string> b)
    {
        var kept = new List<Match>(matches.Count);
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            var (beforeA, beforeB) = kept is [.., var last]
                ? (last.Before + last.Length, last.After + last.Length)
                : (0, 0);
            var (afterA, afterB) = i + 1 < matches.Count
                ? (matches[i + 1].Before, matches[i + 1].After)
                : (a.Count, b.Count);
            var replacedBefore = match.Before > beforeA && match.After > beforeB;
            var replacedAfter = afterA > match.Before + match.Length && afterB > match.After + match.Length;
            if (match.Length > 1 || !replacedBefore || !replacedAfter)
            {
                kept.Add(match);
            }
        }

        return kept;
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = 0;
            while (at + length < text.Length && char.IsAsciiLetterOrDigit(text[at + length]))
            {
                length++;
            }

            length = length > 0 ? length : StringInfo.GetNextTextElementLength(text.AsSpan(at));
            tokens.Add(text.Substring(at, length));
            at += length;
        }

        return tokens;
    }

    private static List<string> Sentences(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        while (text.AsSpan(start).IndexOfAny("。；！？\n") is >= 0 and var end)
        {
            sentences.Add(text.Substring(start, end + 1));
            start += end + 1;
        }

        if (start < text.Length)
        {
            sentences.Add(text[start..]);
        }

        return sentences;
    }

    private static void Add(List<DiffSegment> segments, Change change, string text)
    {
        if (text.Length > 0)
        {
            segments.Add(new DiffSegment(change, text));
        }
    }

    /// <summary>Neighbours of one kind become one; of a replaced passage the old text stands first.</summary>
    private static List<DiffSegment> Join(List<DiffSegment> segments)
    {
        var joined = new List<DiffSegment>();
        for (var i = 0; i < segments.Count;)
        {
            var start = i;
            if (segments[i].Change == Change.Unchanged)
            {
                while (i < segments.Count && segments[i].Change == Change.Unchanged)
                {
                    i++;
                }

                Add(joined, Change.Unchanged, string.Concat(segments[start..i].Select(segment => segment.Text)));
                continue;
            }

            while (i < segments.Count && segments[i].Change != Change.Unchanged)
            {
                i++;
            }

            foreach (var change in (ReadOnlySpan<Change>)[Change.Deleted, Change.Inserted])
            {
                Add(joined, change, string.Concat(
                    segments[start..i].Where(segment => segment.Change == change).Select(segment => segment.Text)));
            }
        }

        return joined;
    }
}
