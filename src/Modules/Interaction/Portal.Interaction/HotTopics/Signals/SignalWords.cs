using System.Text;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>Takes what is personal out of words before they are counted or kept.</summary>
internal static class SignalWords
{
    private const char Hidden = '○';

    /// <summary>
    /// A letter as it is counted: with a mark, over which no phrase reaches, for everything that may tell of somebody, and
    /// without the name and the phone of who wrote it.
    /// </summary>
    public static string Counted(string text, WrittenLetter writer) => Without(text, PersonalSpans.Find(text, writer));

    /// <summary>
    /// A headline or a table's words, which the public has read already: numbers, plates, addresses and accounts hidden.
    /// Names stay: who is in the news is named there.
    /// </summary>
    public static string Public(string text, int longest) =>
        Without(PublicText.Line(text), PersonalSpans.Find(PublicText.Line(text), new WrittenLetter()).Where(span => span.Kind != MaskKind.Name))
            .CutTo(longest);

    private static string Without(string text, IEnumerable<PersonalSpan> spans)
    {
        var made = new StringBuilder(text);
        foreach (var span in spans)
        {
            for (var at = span.Start; at < span.End; at++)
            {
                made[at] = Hidden;
            }
        }

        return made.ToString();
    }
}
