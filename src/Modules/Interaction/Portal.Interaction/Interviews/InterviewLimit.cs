using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Interaction.Interviews;

/// <summary>Time limits of interviews, in working days.</summary>
/// <param name="From">The day since which it is so; a later line replaces it from its own day on.</param>
/// <param name="Notice">Between the day of the announcement and that of the interview, at least (G-38).</param>
/// <param name="Transcript">From the day of the interview to its transcript, at most.</param>
/// <param name="Answer">From the day of the interview to the answer of what was left open, at most (G-38).</param>
/// <param name="Source">The rule that sets it.</param>
internal sealed record InterviewLimit(DateOnly From, int Notice, int Transcript, int Answer, string Source)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<InterviewLimit> All { get; } = Load();

    /// <summary>The limits on a day; before the first line, what the first line says.</summary>
    public static InterviewLimit Of(DateOnly day) =>
        All.Where(line => line.From <= day).MaxBy(line => line.From) ?? All.MinBy(line => line.From)!;

    private static IReadOnlyList<InterviewLimit> Load()
    {
        using var file = typeof(InterviewLimit).Assembly.GetManifestResourceStream("Portal.Interaction.Interviews.interview-limits.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<InterviewLimit>>(file, Options)!;
    }
}
