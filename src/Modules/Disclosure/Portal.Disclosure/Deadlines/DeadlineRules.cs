using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Shared.Calendars;

namespace Portal.Disclosure.Deadlines;

/// <summary>A time limit that has a name: how long, from when, and which rule says so.</summary>
/// <param name="Code">Names it in addresses.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">How many of them.</param>
/// <param name="Starts">When its time begins.</param>
/// <param name="Source">The rule that sets it.</param>
/// <param name="Note">What else matters to it.</param>
public sealed record DeadlineRule(
    string Code, string Name, ClockUnit Unit, int Amount, string Starts, string Source, string? Note = null);

/// <summary>The time limits that the calculator knows (R-11, R-14, R-16, R-17, S-01, S-02, S-10).</summary>
internal static class DeadlineRules
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<DeadlineRule> All { get; } = Load();

    public static DeadlineRule? Find(string? code) => All.FirstOrDefault(rule => rule.Code == code);

    private static IReadOnlyList<DeadlineRule> Load()
    {
        using var file = typeof(DeadlineRules).Assembly
            .GetManifestResourceStream("Portal.Disclosure.Deadlines.deadline-rules.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<DeadlineRule>>(file, Options)!;
    }
}
