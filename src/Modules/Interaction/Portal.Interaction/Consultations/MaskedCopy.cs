using System.Text.RegularExpressions;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations;

/// <summary>
/// What the public may read of an opinion: its words with stars in place of some. It can be made from the words only, by
/// hiding more of them; nobody can put other words into it.
/// </summary>
internal sealed partial class MaskedCopy
{
    private MaskedCopy(string text) => Text = text;

    public string Text { get; }

    /// <summary>What the platform proposes: whatever the rules for public letters find of a person is hidden.</summary>
    public static string Propose(WrittenOpinion written) => PersonalSpans.Starred(written.Text, written.Name, written.Phone);

    /// <summary>The copy that a person confirmed; null when it says anything that the opinion does not.</summary>
    public static MaskedCopy? Of(WrittenOpinion written, string confirmed) => Within(written.Text, confirmed);

    /// <summary>
    /// The copy that a person confirmed when all it shows is shown by what was proposed, or confirmed before: nobody has to
    /// know the words for it. Null when it shows more.
    /// </summary>
    public static MaskedCopy? WithinShown(WrittenOpinion written, string? shown, string confirmed) =>
        Within(Masking.ForPublic(Propose(written)), confirmed) ?? (shown is null ? null : Within(shown, confirmed));

    /// <summary>Does it keep hidden what is never public: who gave the opinion, numbers of papers and of cards?</summary>
    public bool KeepsWhatStays(WrittenOpinion written) =>
        Hides(PersonalSpans.Starred(written.Text, _ => Proposals(written).Where(span => span.Kind is MaskKind.Writer or MaskKind.IdNumber or MaskKind.BankCard)), Text);

    private static IReadOnlyList<PersonalSpan> Proposals(WrittenOpinion written) =>
        PersonalSpans.Find(written.Text, new WrittenLetter { Name = written.Name, Phone = written.Phone, Title = "", Text = "" });

    private static MaskedCopy? Within(string words, string confirmed)
    {
        var text = Masking.ForPublic(PublicText.Paragraphs(confirmed));
        return text.Length > 0 && Hides(words, text) ? new MaskedCopy(text) : null;
    }

    // What stands between the stars stands in the words, in the same order, the first part at their beginning and the last
    // at their end.
    private static bool Hides(string words, string masked)
    {
        var parts = Stars().Split(masked);
        if (parts.Length == 1)
        {
            return words == masked;
        }

        var (first, last) = (parts[0], parts[^1]);
        if (words.Length < first.Length + last.Length
            || !words.StartsWith(first, StringComparison.Ordinal) || !words.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var (at, end) = (first.Length, words.Length - last.Length);
        foreach (var part in parts[1..^1])
        {
            var found = words.IndexOf(part, at, end - at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }

    [GeneratedRegex(@"\*+", RegexOptions.NonBacktracking)]
    private static partial Regex Stars();
}
