namespace Portal.Publishing.RichText;

/// <summary>Gives equal values equal small numbers, so that sequences are compared by number.</summary>
internal sealed class Interner<T>
    where T : notnull
{
    private readonly Dictionary<T, int> numbers = [];

    public int[] Of(IReadOnlyList<T> values)
    {
        var result = new int[values.Count];
        for (var i = 0; i < result.Length; i++)
        {
            if (!numbers.TryGetValue(values[i], out result[i]))
            {
                result[i] = numbers.Count;
                numbers.Add(values[i], numbers.Count);
            }
        }

        return result;
    }
}

/// <summary>
/// Lays two sequences side by side: equal elements first, then, in the gaps between, those that resemble each other.
/// </summary>
internal static class Alignment
{
    private const double Alike = 0.4;
    private const int MaxPairs = 10_000;

    public static IEnumerable<(Change Change, T? Before, T? After)> Align<T>(
        IReadOnlyList<T> before, IReadOnlyList<T> after, int maxChanges, Func<T, T, double> similarity)
        where T : class
    {
        var ids = new Interner<T>();
        var matches = SequenceDiff.Compare(ids.Of(before), ids.Of(after), maxChanges);
        var (x, y) = (0, 0);
        foreach (var match in matches.Append(new Match(before.Count, after.Count, 0)))
        {
            foreach (var pair in Gap(before, x, match.Before, after, y, match.After, similarity))
            {
                yield return pair;
            }

            for (var i = 0; i < match.Length; i++)
            {
                yield return (Change.Unchanged, before[match.Before + i], after[match.After + i]);
            }

            (x, y) = (match.Before + match.Length, match.After + match.Length);
        }
    }

    private static List<(Change Change, T? Before, T? After)> Gap<T>(
        IReadOnlyList<T> before,
        int x,
        int endX,
        IReadOnlyList<T> after,
        int y,
        int endY,
        Func<T, T, double> similarity)
        where T : class
    {
        var result = new List<(Change, T?, T?)>();
        var pairs = (long)(endX - x) * (endY - y) <= MaxPairs
            ? BestPairs(before, x, endX, after, y, endY, similarity)
            : PairsInOrder(before, x, endX, after, y, endY, similarity);
        foreach (var (left, right) in pairs.Append((endX, endY)))
        {
            for (; x < left; x++)
            {
                result.Add((Change.Deleted, before[x], null));
            }

            for (; y < right; y++)
            {
                result.Add((Change.Inserted, null, after[y]));
            }

            if (left < endX && right < endY)
            {
                result.Add((Change.Changed, before[left], after[right]));
                (x, y) = (left + 1, right + 1);
            }
        }

        return result;
    }

    /// <summary>The pairs, both sides in order, whose likeness is greatest in sum.</summary>
    private static List<(int Before, int After)> BestPairs<T>(
        IReadOnlyList<T> before,
        int x,
        int endX,
        IReadOnlyList<T> after,
        int y,
        int endY,
        Func<T, T, double> similarity)
    {
        var (rows, columns) = (endX - x, endY - y);
        var likeness = new double[rows, columns];
        var best = new double[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                var value = similarity(before[x + i], after[y + j]);
                likeness[i, j] = value >= Alike ? value : 0;
                best[i, j] = Math.Max(
                    Math.Max(best[i + 1, j], best[i, j + 1]), best[i + 1, j + 1] + likeness[i, j]);
            }
        }

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < rows && j < columns;)
        {
            if (likeness[i, j] > 0 && best[i, j] == best[i + 1, j + 1] + likeness[i, j])
            {
                pairs.Add((x + i, y + j));
                (i, j) = (i + 1, j + 1);
            }
            else if (best[i, j] == best[i + 1, j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }

    /// <summary>For very large gaps: what stands at the same place, where it is alike.</summary>
    private static List<(int Before, int After)> PairsInOrder<T>(
        IReadOnlyList<T> before,
        int x,
        int endX,
        IReadOnlyList<T> after,
        int y,
        int endY,
        Func<T, T, double> similarity)
    {
        var pairs = new List<(int, int)>();
        for (; x < endX && y < endY; x++, y++)
        {
            if (similarity(before[x], after[y]) >= Alike)
            {
                pairs.Add((x, y));
            }
        }

        return pairs;
    }
}
