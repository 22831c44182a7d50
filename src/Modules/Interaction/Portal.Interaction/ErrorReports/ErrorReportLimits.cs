using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Interaction.ErrorReports;

/// <summary>How long a report may take, in working days from the day it came (G-35).</summary>
/// <param name="From">The day since which it is so.</param>
/// <param name="Forward">To the day it is given to who is responsible 转办.</param>
/// <param name="Answer">To the answer.</param>
/// <param name="Source">The rule that sets it.</param>
internal sealed record ErrorReportLimit(DateOnly From, int Forward, int Answer, string Source);

/// <summary>The time limits by day. A report keeps those of the day on which it came.</summary>
internal static class ErrorReportLimits
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<ErrorReportLimit> All { get; } = Load();

    /// <summary>The limits of a day; before the first line, what the first line says.</summary>
    public static ErrorReportLimit Of(DateOnly day) =>
        All.Where(line => line.From <= day).MaxBy(line => line.From) ?? All.MinBy(line => line.From)!;

    private static IReadOnlyList<ErrorReportLimit> Load()
    {
        using var file = typeof(ErrorReportLimits).Assembly
            .GetManifestResourceStream("Portal.Interaction.ErrorReports.error-report-limits.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<ErrorReportLimit>>(file, Options)!;
    }
}
