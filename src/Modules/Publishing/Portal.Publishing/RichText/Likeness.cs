namespace Portal.Publishing.RichText;

/// <summary>
/// How much two texts have in common: the share of their pairs of neighbouring characters (Dice), 0 to 1.
/// </summary>
internal sealed class Likeness<T>(Func<T, string> textOf)
    where T : class
{
    // The beginning of a text is enough to know it again.
    private const int Compared = 1_000;

    private readonly Dictionary<T, int[]> pairs = new(ReferenceEqualityComparer.Instance);

    public double Of(T before, T after)
    {
        var (left, right) = (PairsOf(before), PairsOf(after));
        if (left.Length == 0 || right.Length == 0)
        {
            return 0;
        }

        var (common, i, j) = (0, 0, 0);
        while (i < left.Length && j < right.Length)
        {
            var order = left[i].CompareTo(right[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return 2.0 * common / (left.Length + right.Length);
    }

    private int[] PairsOf(T value)
    {
        if (!pairs.TryGetValue(value, out var sorted))
        {
            var text = textOf(value).AsSpan();
            sorted = new int[Math.Clamp(text.Length - 1, 0, Compared)];
            for (var i = 0; i < sorted.Length; i++)
            {
                sorted[i] = (text[i] << 16) | text[i + 1];
            }

            Array.Sort(sorted);
            pairs.Add(value, sorted);
        }

        return sorted;
    }
}
