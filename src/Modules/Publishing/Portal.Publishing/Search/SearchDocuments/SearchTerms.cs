using System.Text;
using Portal.Shared.Text;

namespace Portal.Publishing.Search.SearchDocuments;

/// <summary>
/// What a visitor typed, read as a search box promises: words apart must all occur, a quoted phrase occurs exactly,
/// any kind of quotation marks.
/// </summary>
/// <param name="Words">Words to be found and marked, as typed.</param>
/// <param name="Phrases">Those of them that were quoted.</param>
/// <param name="Expression">The tsquery; null when nothing searchable was typed.</param>
internal sealed record SearchTerms(
    IReadOnlyList<string> Words, IReadOnlyList<string> Phrases, string? Expression)
{
    /// <summary>Longer than any title of a law; a search box is not a place for a document.</summary>
    public const int LongestQuery = 100;

    /// <summary>A character alone or a word of letters is a beginning: many lexemes of the index begin with it.</summary>
    public bool HasPrefix => Expression?.Contains(":*", StringComparison.Ordinal) ?? false;

    private const string Quotes = "\"“”";

    public static SearchTerms Read(string? typed)
    {
        var text = Cut(typed ?? "");
        List<string> words = [];
        List<string> phrases = [];
        var word = new StringBuilder();
        var quoted = false;
        foreach (var character in text)
        {
            if (Quotes.Contains(character))
            {
                Finish(word, words, quoted ? phrases : null);
                quoted = !quoted;
            }
            else if (!quoted && char.IsWhiteSpace(character))
            {
                Finish(word, words, null);
            }
            else if (!char.IsControl(character))
            {
                word.Append(character);
            }
        }

        // A quotation mark that was never closed is a slip, not a phrase.
        Finish(word, words, null);
        var expressions = words.Select(Grams.Query).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new SearchTerms(words, phrases, expressions.Count == 0 ? null : string.Join(" & ", expressions));
    }

    /// <summary>As much of it as is searched for.</summary>
    public static string Cut(string text) => text.Trim().CutTo(LongestQuery);

    private static void Finish(StringBuilder word, List<string> words, List<string>? phrases)
    {
        var text = word.ToString().Trim();
        word.Clear();
        if (text.Length == 0)
        {
            return;
        }

        words.Add(text);
        phrases?.Add(text);
    }
}
