using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Shared.Calendars;

namespace Portal.Disclosure.Deadlines;

/// <summary>A time limit that has a name: how long, from when, and which rule says so.</summary>
/// <param name="Code">Names it in addresses.</param>
/// <param name="From">The day since which it is so; a later line of the same code replaces it from its own day on.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">How many of them.</param>
/// <param name="Starts">When its time begins.</param>
/// <param name="Source">The rule that sets it.</param>
/// <param name="Note">What else matters to it.</param>
public sealed record DeadlineRule(
    string Code, DateOnly From, string Name, ClockUnit Unit, int Amount, string Starts, string Source, string? Note = null);

/// <summary>The time limits by name and day (R-11, R-14, R-16, R-17, R-18, FEE109, S-01, S-02, S-10).</summary>
internal static class DeadlineRules
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly IReadOnlyList<DeadlineRule> All = Load();

    /// <summary>Every name that there is or was.</summary>
    public static IEnumerable<string> Codes => All.Select(rule => rule.Code).Distinct();

    /// <summary>The limits that hold on a day, in the order of the file.</summary>
    public static IReadOnlyList<DeadlineRule> On(DateOnly day) =>
        [.. All.Where(rule => rule.From <= day && !All.Any(later => later.Code == rule.Code && later.From > rule.From && later.From <= day))];

    /// <summary>The limit of that name on a day; before its first line, what the first line says.</summary>
    public static DeadlineRule? Find(string? code, DateOnly day) =>
        On(day).FirstOrDefault(rule => rule.Code == code)
        ?? All.Where(rule => rule.Code == code).MinBy(rule => rule.From);

    private static IReadOnlyList<DeadlineRule> Load()
    {
        using var file = typeof(DeadlineRules).Assembly
            .GetManifestResourceStream("Portal.Disclosure.Deadlines.deadline-rules.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<DeadlineRule>>(file, Options)!;
    }
}
