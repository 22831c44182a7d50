namespace Portal.Interaction.Consultations.ClusterOpinions;

/// <summary>An opinion to be grouped.</summary>
internal sealed record ComparedOpinion(Guid Id, string? ClauseId, OpinionStance Stance, string Text);

/// <summary>
/// Proposes groups: opinions on the same clause and of the same stance whose pairs of characters overlap. Only a proposal;
/// staff decide.
/// </summary>
internal static class OpinionLikeness
{
    /// <summary>The share of common pairs from which two say the same.</summary>
    private const double Enough = 0.35;

    public static IReadOnlyList<IReadOnlyList<ComparedOpinion>> Groups(IReadOnlyList<ComparedOpinion> opinions)
    {
        List<IReadOnlyList<ComparedOpinion>> groups = [];
        foreach (var alike in opinions.GroupBy(one => (one.ClauseId, one.Stance)))
        {
            List<(HashSet<int> Pairs, List<ComparedOpinion> Members)> open = [];
            foreach (var one in alike)
            {
                var pairs = Pairs(one.Text);
                if (open.Find(group => Share(group.Pairs, pairs) >= Enough) is { Members: { } members })
                {
                    members.Add(one);
                }
                else
                {
                    open.Add((pairs, [one]));
                }
            }

            groups.AddRange(open.Where(group => group.Members.Count > 1).Select(group => group.Members));
        }

        return groups;
    }

    /// <summary>Of all pairs of both, the share that both have.</summary>
    internal static double Share(HashSet<int> left, HashSet<int> right)
    {
        var common = left.Count(right.Contains);
        return left.Count + right.Count == 0 ? 0 : 2.0 * common / (left.Count + right.Count);
    }

    internal static HashSet<int> Pairs(string text)
    {
        char[] letters = [.. text.Where(char.IsLetterOrDigit)];
        HashSet<int> pairs = [];
        for (var i = 0; i + 1 < letters.Length; i++)
        {
            pairs.Add((letters[i] << 16) | letters[i + 1]);
        }

        return pairs;
    }
}
