using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Interaction.HotTopics;

/// <summary>How many hours of the wall clock there are from when a topic was noticed .</summary>
/// <param name="Statement">To the authoritative statement or response.</param>
/// <param name="Briefing">To what was said at the briefing; null: none is asked for.</param>
/// <param name="Warn">How many hours before the end everybody concerned is warned.</param>
internal sealed record TopicHours(int Statement, int? Briefing, int Warn);

/// <summary>The time limits since a day.</summary>
/// <param name="From">The day since which it is so.</param>
/// <param name="Emergency">For especially major and major emergencies.</param>
/// <param name="Other">For every other topic.</param>
/// <param name="OldestDays">How many days back something may have been noticed when it is entered.</param>
/// <param name="Source">The rule that sets it.</param>
internal sealed record TopicLimit(DateOnly From, TopicHours Emergency, TopicHours Other, int OldestDays, string Source)
{
    /// <summary>A topic that nobody has judged yet has the time of an ordinary one.</summary>
    public TopicHours Of(TopicSeverity? severity) => severity is TopicSeverity.Gravest or TopicSeverity.Major ? Emergency : Other;
}

/// <summary>The time limits by day. A topic keeps those of the day on which it was noticed.</summary>
internal static class TopicLimits
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<TopicLimit> All { get; } = Load();

    /// <summary>The limits of a day; before the first line, what the first line says.</summary>
    public static TopicLimit Of(DateOnly day) =>
        All.Where(line => line.From <= day).MaxBy(line => line.From) ?? All.MinBy(line => line.From)!;

    private static IReadOnlyList<TopicLimit> Load()
    {
        using var file = typeof(TopicLimits).Assembly.GetManifestResourceStream("Portal.Interaction.HotTopics.topic-limits.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<TopicLimit>>(file, Options)!;
    }
}
