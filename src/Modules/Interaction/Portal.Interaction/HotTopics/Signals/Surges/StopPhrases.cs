namespace Portal.Interaction.HotTopics.Signals.Surges;

/// <summary>
/// Words that every letter has. No phrase reaches over one: 希望政府尽快解决自来水浑浊的问题 leaves 自来水浑浊.
/// </summary>
internal sealed class StopPhrases
{
    private readonly HashSet<char> _breaks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _phrases;
    private readonly int _longest;

    public StopPhrases(string version, string breaks, IReadOnlyCollection<string> phrases)
    {
        Version = version;
        _breaks = [.. breaks];
        _phrases = new HashSet<string>(phrases, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = phrases.Count == 0 ? 0 : phrases.Max(phrase => phrase.Length);
    }

    public static StopPhrases Current { get; } = Load();

    /// <summary>Which list it is; signals name it.</summary>
    public string Version { get; }

    /// <summary>The runs of Chinese characters between marks, digits, letters and stop phrases.</summary>
    public IEnumerable<(int Start, int Length)> Runs(string text)
    {
        var start = 0;
        var at = 0;
        while (at < text.Length)
        {
            var stop = StopAt(text, at);
            if (stop == 0)
            {
                at++;
                continue;
            }

            if (at > start)
            {
                yield return (start, at - start);
            }

            at += stop;
            start = at;
        }

        if (at > start)
        {
            yield return (start, at - start);
        }
    }

    // How many characters at a place belong to no phrase.
    private int StopAt(string text, int at)
    {
        for (var length = Math.Min(_longest, text.Length - at); length > 1; length--)
        {
            if (_phrases.Contains(text.AsSpan(at, length)))
            {
                return length;
            }
        }

        return text[at] is >= '\u4e00' and <= '\u9fff' && !_breaks.Contains(text[at]) ? 0 : 1;
    }

    private static StopPhrases Load()
    {
        var list = SurgeRules.Load<List>("stop-phrases.json");
        return new StopPhrases(list.Version, list.Breaks, list.Phrases);
    }

    private sealed record List(string Version, string Breaks, IReadOnlyList<string> Phrases);
}
