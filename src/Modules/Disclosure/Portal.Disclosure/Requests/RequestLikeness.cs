using Portal.Shared.Text;

namespace Portal.Disclosure.Requests;

/// <summary>
/// Do two requests ask for much the same? A hint for staff, who decide: the law knows a repeated request only where the
/// earlier one was answered (Regulation art. 36(6)).
/// </summary>
internal static class RequestLikeness
{
    private const double Like = 0.6;

    /// <summary>By their titles: how many pairs of neighbouring signs both have (Dice).</summary>
    public static bool OfTitles(string one, string other)
    {
        var (first, second) = (Pairs(one), Pairs(other));
        return first.Count > 0 && second.Count > 0
            && 2.0 * first.Intersect(second).Count() / (first.Count + second.Count) >= Like;
    }

    private static HashSet<(char, char)> Pairs(string title)
    {
        var signs = Grams.Fold(title).Where(char.IsLetterOrDigit).ToArray();
        return [.. signs.Zip(signs.Skip(1))];
    }
}
