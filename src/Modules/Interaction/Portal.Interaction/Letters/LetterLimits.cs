using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Interaction.Letters;

/// <summary>How long a letter of one kind may take, in working days.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="From">The day since which it is so; a later line of the same kind replaces it from its own day on.</param>
/// <param name="Accept">From the day it came to the day somebody has read it and taken it or not.</param>
/// <param name="Reply">From the day it came to the reply (S-10).</param>
/// <param name="Extended">The same when the head has granted more time.</param>
/// <param name="FollowUp">From a question after the reply to the reply to that.</param>
/// <param name="Source">The rule that sets it.</param>
internal sealed record LetterLimit(
    LetterKind Kind, DateOnly From, int Accept, int Reply, int Extended, int FollowUp, string Source);

/// <summary>The time limits by kind and day. A letter keeps those of the day on which it came.</summary>
internal static class LetterLimits
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<LetterLimit> All { get; } = Load();

    /// <summary>The limits of a kind on a day; before the first line, what the first line says.</summary>
    public static LetterLimit Of(LetterKind kind, DateOnly day) =>
        All.Where(line => line.Kind == kind && line.From <= day).MaxBy(line => line.From)
        ?? All.Where(line => line.Kind == kind).MinBy(line => line.From)!;

    private static IReadOnlyList<LetterLimit> Load()
    {
        using var file = typeof(LetterLimits).Assembly.GetManifestResourceStream("Portal.Interaction.Letters.letter-limits.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<LetterLimit>>(file, Options)!;
    }
}
