using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>When something that was noticed becomes a signal; the numbers are the province's.</summary>
internal sealed record SurgeRule
{
    /// <summary>The day since which it is so.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The rule that asks for it.</summary>
    public required string Source { get; init; }

    /// <summary>The days that are looked at, up to yesterday.</summary>
    public required int WindowDays { get; init; }

    /// <summary>The spans of the same length before them that they are compared with.</summary>
    public required int BaselineWeeks { get; init; }

    /// <summary>Characters of the shortest phrase, and of the longest.</summary>
    public required int Shortest { get; init; }

    public required int Longest { get; init; }

    /// <summary>Characters of a text that are read.</summary>
    public required int LongestText { get; init; }

    /// <summary>Different writers with different texts: below it a phrase is neither shown nor kept.</summary>
    public required int MinimumVoices { get; init; }

    /// <summary>How many times what was to be expected.</summary>
    public required double Ratio { get; init; }

    /// <summary>What is expected a week at least, of a phrase that nobody has used.</summary>
    public required double Floor { get; init; }

    /// <summary>The largest chance (Poisson) that it is a chance.</summary>
    public required double Alpha { get; init; }

    /// <summary>Writers a week before a region's growth as a whole is taken off.</summary>
    public required int MinimumWeekly { get; init; }

    /// <summary>A phrase goes when a longer one around it has this share of its writers.</summary>
    public required double ContainedShare { get; init; }

    /// <summary>Phrases that share so many of their letters are one matter.</summary>
    public required double SameShare { get; init; }

    /// <summary>The most phrases that are counted exactly, in a region.</summary>
    public required int MostCandidates { get; init; }

    /// <summary>The most signals of a region at once, the strongest first.</summary>
    public required int MostSurges { get; init; }

    /// <summary>The most numbers of letters and reports that a signal names.</summary>
    public required int MostReferences { get; init; }

    /// <summary>Days for which the same matter is not raised anew.</summary>
    public required int QuietDays { get; init; }

    /// <summary>Searches that found nothing: in so many days, so many times, on so many of the days.</summary>
    public required int SearchDays { get; init; }

    public required int SearchTimes { get; init; }

    public required int SearchOnDays { get; init; }

    /// <summary>The most items that are taken from a feed at once.</summary>
    public required int FeedItems { get; init; }

    /// <summary>Days without anything new before a feed is called silent.</summary>
    public required int FeedSilentDays { get; init; }

    /// <summary>Failures in a row after which a feed is asked once a day only.</summary>
    public required int FeedFailures { get; init; }
}

/// <summary>The rules by day.</summary>
internal static class SurgeRules
{
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<SurgeRule> All { get; } = Load<IReadOnlyList<SurgeRule>>("surge-rules.json");

    /// <summary>The rule of a day; before the first, what the first says.</summary>
    public static SurgeRule Of(DateOnly day) =>
        All.Where(rule => rule.From <= day).MaxBy(rule => rule.From) ?? All.MinBy(rule => rule.From)!;

    internal static T Load<T>(string name)
    {
        using var file = typeof(SurgeRules).Assembly.GetManifestResourceStream("Portal.Interaction.HotTopics.Signals." + name)!;
        return JsonSerializer.Deserialize<T>(file, Options)!;
    }
}
