using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Interaction.Consultations;

/// <summary>The days of one kind of consultation.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="From">The day since which it is so; a later line of the same kind replaces it from its own day on.</param>
/// <param name="Period">The shortest period in days, the first day not counted.</param>
/// <param name="Report">Days after the last one within which the results and their use are published.</param>
/// <param name="Source">The rule that sets the period.</param>
/// <param name="ReportSource">The rule that sets the report's time.</param>
internal sealed record ConsultationLimit(
    ConsultationKind Kind, DateOnly From, int Period, int Report, string Source, string ReportSource);

/// <summary>The limits by kind and day, as dated data.</summary>
internal static class ConsultationLimits
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<ConsultationLimit> All { get; } = Load();

    /// <summary>The limits of a kind on a day; before the first line, what the first line says.</summary>
    public static ConsultationLimit Of(ConsultationKind kind, DateOnly day) =>
        All.Where(line => line.Kind == kind && line.From <= day).MaxBy(line => line.From)
        ?? All.Where(line => line.Kind == kind).MinBy(line => line.From)!;

    /// <summary>The last day of the report on opinions that end on <paramref name="closesOn"/>.</summary>
    public static DateOnly ReportDue(ConsultationKind kind, DateOnly closesOn) => closesOn.AddDays(Of(kind, closesOn).Report);

    /// <summary>Is the period shorter than the rule asks?</summary>
    public static bool IsShort(ConsultationKind kind, DateOnly from, DateOnly to) =>
        to.DayNumber - from.DayNumber < Of(kind, from).Period;

    private static IReadOnlyList<ConsultationLimit> Load()
    {
        using var file = typeof(ConsultationLimits).Assembly
            .GetManifestResourceStream("Portal.Interaction.Consultations.consultation-limits.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<ConsultationLimit>>(file, Options)!;
    }
}
