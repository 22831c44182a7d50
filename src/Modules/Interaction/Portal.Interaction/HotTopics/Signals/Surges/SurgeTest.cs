namespace Portal.Interaction.HotTopics.Signals.Surges;

/// <summary>A matter of which far more is written than was to be expected.</summary>
/// <param name="Phrase">What it is called: the phrase of most voices, the longest of them.</param>
/// <param name="Others">Further phrases of the same letters.</param>
/// <param name="Voices">How many wrote of it.</param>
/// <param name="Expected">How many were to be expected.</param>
/// <param name="Chance">The chance of as many or more.</param>
/// <param name="Weeks">How many wrote of it in the weeks before, the latest first.</param>
/// <param name="References">Where.</param>
internal sealed record Surge(
    string Phrase, IReadOnlyList<string> Others, int Voices, double Expected, double Chance, IReadOnlyList<int> Weeks,
    IReadOnlyList<string> References);

/// <summary>Compares what is said with what was said before.</summary>
internal static class SurgeTest
{
    /// <summary>The surges, the strongest first.</summary>
    public static IReadOnlyList<Surge> Find(
        IReadOnlyList<FrequentPhrase> frequent, int voices, PhraseBaseline baseline, SurgeRule rule)
    {
        var growth = Growth(voices, baseline.Totals, rule);
        List<Surge> found = [];
        foreach (var phrase in frequent)
        {
            var weeks = baseline.Of(phrase.Phrase);
            var expected = Math.Max(rule.Floor, weeks.Average()) * growth;
            var chance = Tail(phrase.Voices, expected);
            if (phrase.Voices >= rule.MinimumVoices && phrase.Voices >= rule.Ratio * expected && chance <= rule.Alpha)
            {
                found.Add(new Surge(phrase.Phrase, [], phrase.Voices, expected, chance, weeks, phrase.References));
            }
        }

        return Matters(Longest(found, rule), rule);
    }

    /// <summary>The chance of <paramref name="count"/> or more where <paramref name="expected"/> are expected (Poisson).</summary>
    public static double Tail(int count, double expected)
    {
        // Summed from the rare end: one minus the rest would lose every digit.
        var term = Math.Exp(-expected);
        for (var k = 1; k <= count; k++)
        {
            term *= expected / k;
        }

        var sum = 0.0;
        for (var k = count + 1; term > sum * 1e-12 && k < count + 10_000; k++)
        {
            sum += term;
            term *= expected / k;
        }

        return Math.Min(1, sum);
    }

    // More letters about everything are no matter of their own.
    private static double Growth(int voices, IReadOnlyList<int> totals, SurgeRule rule)
    {
        var usual = totals.Average();
        return usual < rule.MinimumWeekly ? 1 : Math.Max(1, voices / usual);
    }

    // 来水 goes where 自来水 says the same.
    private static List<Surge> Longest(List<Surge> found, SurgeRule rule) =>
        found.FindAll(phrase => !found.Exists(other => other.Phrase.Length > phrase.Phrase.Length
            && other.Voices >= rule.ContainedShare * phrase.Voices
            && other.Phrase.Contains(phrase.Phrase, StringComparison.Ordinal)));

    private static List<Surge> Matters(List<Surge> found, SurgeRule rule)
    {
        List<Surge> matters = [];
        foreach (var phrase in found.OrderByDescending(phrase => phrase.Voices)
            .ThenByDescending(phrase => phrase.Phrase.Length).ThenBy(phrase => phrase.Phrase, StringComparer.Ordinal))
        {
            var same = matters.FindIndex(matter => Shared(matter, phrase) >= rule.SameShare * phrase.References.Count);
            if (same < 0)
            {
                matters.Add(phrase);
            }
            else
            {
                matters[same] = matters[same] with { Others = [.. matters[same].Others, phrase.Phrase] };
            }
        }

        return matters.Count > rule.MostSurges ? matters[..rule.MostSurges] : matters;
    }

    private static int Shared(Surge matter, Surge phrase) =>
        phrase.References.Count(new HashSet<string>(matter.References, StringComparer.Ordinal).Contains);
}
