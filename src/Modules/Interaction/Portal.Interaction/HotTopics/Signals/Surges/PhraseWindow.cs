using System.Security.Cryptography;
using System.Text;

namespace Portal.Interaction.HotTopics.Signals.Surges;

/// <summary>A letter or a report as it is counted; it lives as long as it is read.</summary>
/// <param name="Sender">Who, as well as can be told; empty: the text stands for its writer.</param>
/// <param name="Text">The words with everything personal taken out.</param>
/// <param name="Reference">The number under which staff find it.</param>
internal readonly record struct HeardText(string Sender, string Text, string Reference);

/// <summary>Who said something and with which words, as hashes: the smaller of both counts.</summary>
/// <remarks>One person with fifty letters is one voice, and so is one letter that fifty people send.</remarks>
internal sealed class VoiceSet
{
    private readonly HashSet<long> _senders = [];
    private readonly HashSet<long> _texts = [];

    public int Count => Math.Min(_senders.Count, _texts.Count);

    public void Add(long sender, long text)
    {
        _senders.Add(sender);
        _texts.Add(text);
    }
}

/// <summary>Cuts a text into phrases and its voice into hashes; both are the same for every order of the texts.</summary>
internal sealed class PhraseCutter(SurgeRule rule, StopPhrases stop)
{
    public delegate void Visitor(ReadOnlySpan<char> phrase);

    public void Cut(string text, Visitor visit)
    {
        foreach (var (start, length) in stop.Runs(text.Length > rule.LongestText ? text[..rule.LongestText] : text))
        {
            for (var from = 0; from + rule.Shortest <= length; from++)
            {
                for (var size = rule.Shortest; size <= rule.Longest && from + size <= length; size++)
                {
                    visit(text.AsSpan(start + from, size));
                }
            }
        }
    }

    /// <summary>Marks, blanks and digits make no other text of the same words.</summary>
    public static (long Sender, long Text) VoiceOf(HeardText heard)
    {
        var text = Hash(string.Concat(heard.Text.Where(char.IsLetter)));
        return (heard.Sender.Length == 0 ? text : Hash("\n" + heard.Sender), text);
    }

    private static long Hash(string words) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(words)));
}

/// <summary>A phrase of many voices.</summary>
/// <param name="Phrase">The phrase.</param>
/// <param name="Voices">How many different writers with different texts.</param>
/// <param name="References">Where it was said, in order.</param>
internal sealed record FrequentPhrase(string Phrase, int Voices, IReadOnlyList<string> References);

/// <summary>
/// Finds the phrases of many voices among texts that are read twice, in memory that does not grow with them: the first
/// reading fills a fixed table of hashed counts (Park, Chen, Yu: 1995), the second counts exactly what that table lets through.
/// When it lets too much through, the bar rises until it does not; no order of the texts changes what is found.
/// </summary>
internal sealed class PhraseWindow(SurgeRule rule, StopPhrases stop)
{
    private const int Buckets = 1 << 20;

    private readonly PhraseCutter _cutter = new(rule, stop);
    private readonly int[] _hashed = new int[Buckets];
    private readonly HashSet<long> _read = [];
    private readonly VoiceSet _all = new();
    private readonly Dictionary<string, Candidate> _candidates = new(StringComparer.Ordinal);
    private int _bar;

    /// <summary>All voices, whatever they say.</summary>
    public int Voices => _all.Count;

    /// <summary>The bar, once the first reading is over: more than the rule's minimum when there was too much to count.</summary>
    public int Bar => _bar;

    /// <summary>The first reading.</summary>
    public void Survey(HeardText heard)
    {
        var (sender, text) = PhraseCutter.VoiceOf(heard);
        _all.Add(sender, text);
        if (!_read.Add(text))
        {
            return;
        }

        HashSet<int> seen = [];
        _cutter.Cut(heard.Text, phrase =>
        {
            if (seen.Add(BucketOf(phrase)))
            {
                _hashed[BucketOf(phrase)]++;
            }
        });
    }

    /// <summary>Between the readings.</summary>
    public void Surveyed()
    {
        _bar = rule.MinimumVoices;
        while (_hashed.Count(count => count >= _bar) > rule.MostCandidates)
        {
            _bar++;
        }
    }

    /// <summary>The second reading, of the same texts.</summary>
    public void Count(HeardText heard)
    {
        var (sender, text) = PhraseCutter.VoiceOf(heard);
        var candidates = _candidates.GetAlternateLookup<ReadOnlySpan<char>>();
        _cutter.Cut(heard.Text, phrase =>
        {
            if (_hashed[BucketOf(phrase)] < _bar)
            {
                return;
            }

            if (!candidates.TryGetValue(phrase, out var candidate))
            {
                candidates[phrase] = candidate = new Candidate();
            }

            candidate.Voices.Add(sender, text);
            candidate.References.Add(heard.Reference);
        });
    }

    /// <summary>What enough voices say, in the order of the phrases.</summary>
    public IReadOnlyList<FrequentPhrase> Frequent() =>
    [
        .. _candidates.Where(pair => pair.Value.Voices.Count >= rule.MinimumVoices)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new FrequentPhrase(pair.Key, pair.Value.Voices.Count, [.. pair.Value.References])),
    ];

    // The same in every process, so that what is found is too.
    private static int BucketOf(ReadOnlySpan<char> phrase)
    {
        var hash = 14695981039346656037UL;
        foreach (var sign in phrase)
        {
            hash = (hash ^ sign) * 1099511628211UL;
        }

        return (int)((hash ^ (hash >> 29)) & (Buckets - 1));
    }

    private sealed class Candidate
    {
        public VoiceSet Voices { get; } = new();

        public SortedSet<string> References { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>Counts given phrases in the weeks before.</summary>
internal sealed class PhraseBaseline(SurgeRule rule, StopPhrases stop, IEnumerable<string> phrases)
{
    private readonly PhraseCutter _cutter = new(rule, stop);
    private readonly VoiceSet[] _all = Sets(rule.BaselineWeeks);
    private readonly Dictionary<string, VoiceSet[]> _phrases =
        phrases.ToDictionary(phrase => phrase, _ => Sets(rule.BaselineWeeks), StringComparer.Ordinal);

    /// <summary>Counts a text of a week; 0 is the one right before the window.</summary>
    public void Count(int week, HeardText heard)
    {
        var (sender, text) = PhraseCutter.VoiceOf(heard);
        _all[week].Add(sender, text);
        var known = _phrases.GetAlternateLookup<ReadOnlySpan<char>>();
        _cutter.Cut(heard.Text, phrase =>
        {
            if (known.TryGetValue(phrase, out var weeks))
            {
                weeks[week].Add(sender, text);
            }
        });
    }

    /// <summary>All voices by week.</summary>
    public IReadOnlyList<int> Totals => [.. _all.Select(set => set.Count)];

    /// <summary>The voices of a phrase by week.</summary>
    public IReadOnlyList<int> Of(string phrase) => [.. _phrases[phrase].Select(set => set.Count)];

    private static VoiceSet[] Sets(int count) => [.. Enumerable.Range(0, count).Select(_ => new VoiceSet())];
}
