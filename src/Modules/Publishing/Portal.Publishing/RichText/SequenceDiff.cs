namespace Portal.Publishing.RichText;

/// <summary>A run of equal elements in two sequences.</summary>
internal readonly record struct Match(int Before, int After, int Length);

/// <summary>
/// The longest common subsequence after Myers (1986), with a bound: where the sequences differ in more than
/// <c>maxChanges</c> elements, only elements that occur once on both sides are matched, as in a patience diff.
/// </summary>
internal static class SequenceDiff
{
    public static List<Match> Compare(ReadOnlySpan<int> before, ReadOnlySpan<int> after, int maxChanges)
    {
        var prefix = before.CommonPrefixLength(after);
        var matches = new List<Match>();
        if (prefix > 0)
        {
            matches.Add(new Match(0, 0, prefix));
        }

        var a = before[prefix..];
        var b = after[prefix..];
        var suffix = 0;
        while (suffix < a.Length && suffix < b.Length && a[^(suffix + 1)] == b[^(suffix + 1)])
        {
            suffix++;
        }

        a = a[..^suffix];
        b = b[..^suffix];
        if (!a.IsEmpty && !b.IsEmpty)
        {
            foreach (var match in Shortest(a, b, maxChanges) ?? Unique(a, b))
            {
                matches.Add(new Match(match.Before + prefix, match.After + prefix, match.Length));
            }
        }

        if (suffix > 0)
        {
            matches.Add(new Match(before.Length - suffix, after.Length - suffix, suffix));
        }

        return Join(matches);
    }

    private static List<Match>? Shortest(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int maxChanges)
    {
        var limit = Math.Min(a.Length + b.Length, maxChanges);
        var reached = new int[(2 * limit) + 3];
        var trace = new List<int[]>();
        for (var changes = 0; changes <= limit; changes++)
        {
            // Only the diagonals that this round can have touched are kept.
            trace.Add(reached.AsSpan(limit + 1 - changes, (2 * changes) + 1).ToArray());
            for (var diagonal = -changes; diagonal <= changes; diagonal += 2)
            {
                var at = limit + 1 + diagonal;
                var x = diagonal == -changes || (diagonal != changes && reached[at - 1] < reached[at + 1])
                    ? reached[at + 1]
                    : reached[at - 1] + 1;
                var y = x - diagonal;
                if (x <= a.Length && y <= b.Length)
                {
                    var run = a[x..].CommonPrefixLength(b[y..]);
                    (x, y) = (x + run, y + run);
                }

                reached[at] = x;
                if (x >= a.Length && y >= b.Length)
                {
                    return Backtrack(trace, a.Length, b.Length);
                }
            }
        }

        return null;
    }

    private static List<Match> Backtrack(List<int[]> trace, int x, int y)
    {
        var matches = new List<Match>();
        for (var changes = trace.Count - 1; changes >= 0; changes--)
        {
            if (changes == 0)
            {
                AddRun(matches, 0, 0, x);
                break;
            }

            // trace[changes] holds the state before this round: diagonals -changes … changes, the middle at index
            // changes.
            var reached = trace[changes];
            var diagonal = x - y;
            var down = diagonal == -changes
                || (diagonal != changes && reached[changes + diagonal - 1] < reached[changes + diagonal + 1]);
            var previous = down ? diagonal + 1 : diagonal - 1;
            var previousX = reached[changes + previous];
            var startX = down ? previousX : previousX + 1;
            AddRun(matches, startX, startX - diagonal, x - startX);
            (x, y) = (previousX, previousX - previous);
        }

        matches.Reverse();
        return matches;
    }

    private static void AddRun(List<Match> matches, int x, int y, int length)
    {
        if (length > 0)
        {
            matches.Add(new Match(x, y, length));
        }
    }

    private static List<Match> Unique(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var inAfter = Positions(b);
        var candidates = new List<Match>();
        foreach (var (value, at) in Positions(a).Where(entry => entry.Value >= 0).OrderBy(entry => entry.Value))
        {
            if (inAfter.TryGetValue(value, out var other) && other >= 0)
            {
                candidates.Add(new Match(at, other, 1));
            }
        }

        return Increasing(candidates);
    }

    /// <summary>Where each value stands; -1 when it stands in more than one place.</summary>
    private static Dictionary<int, int> Positions(ReadOnlySpan<int> values)
    {
        var positions = new Dictionary<int, int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (!positions.TryAdd(values[i], i))
            {
                positions[values[i]] = -1;
            }
        }

        return positions;
    }

    /// <summary>The longest chain of candidates in which the second position rises too.</summary>
    private static List<Match> Increasing(List<Match> candidates)
    {
        var piles = new List<int>();
        var below = new int[candidates.Count];
        for (var i = 0; i < candidates.Count; i++)
        {
            var (low, high) = (0, piles.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = candidates[piles[middle]].After < candidates[i].After
                    ? (middle + 1, high)
                    : (low, middle);
            }

            below[i] = low > 0 ? piles[low - 1] : -1;
            if (low == piles.Count)
            {
                piles.Add(i);
            }
            else
            {
                piles[low] = i;
            }
        }

        var chain = new List<Match>(piles.Count);
        for (var i = piles.Count > 0 ? piles[^1] : -1; i >= 0; i = below[i])
        {
            chain.Add(candidates[i]);
        }

        chain.Reverse();
        return chain;
    }

    private static List<Match> Join(List<Match> matches)
    {
        var joined = new List<Match>(matches.Count);
        foreach (var match in matches)
        {
            if (joined is [.., var last]
                && last.Before + last.Length == match.Before
                && last.After + last.Length == match.After)
            {
                joined[^1] = last with { Length = last.Length + match.Length };
            }
            else
            {
                joined.Add(match);
            }
        }

        return joined;
    }
}
