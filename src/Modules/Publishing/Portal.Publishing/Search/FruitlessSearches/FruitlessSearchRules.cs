using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Publishing.Search.FruitlessSearches;

/// <summary>What of searches without results is counted, and how long it is kept.</summary>
internal sealed record FruitlessSearchRule
{
    /// <summary>The day since which it is so.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Who set it.</summary>
    public required string Source { get; init; }

    public required int ShortestTerm { get; init; }

    /// <summary>A longer one is a sentence, which may tell of somebody.</summary>
    public required int LongestTerm { get; init; }

    /// <summary>Digits in a row; more of them may be somebody's number of any kind.</summary>
    public required int MostDigits { get; init; }

    public required int TermsPerSiteAndDay { get; init; }

    /// <summary>Terms that a host keeps in mind between two writes; what comes on top is not counted.</summary>
    public required int MostWaiting { get; init; }

    public required int WriteEverySeconds { get; init; }

    public required int RetentionDays { get; init; }
}

/// <summary>The rules by day.</summary>
internal static class FruitlessSearchRules
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<FruitlessSearchRule> All { get; } = Load();

    /// <summary>The rule of a day; before the first, what the first says.</summary>
    public static FruitlessSearchRule Of(DateOnly day) =>
        All.Where(rule => rule.From <= day).MaxBy(rule => rule.From) ?? All.MinBy(rule => rule.From)!;

    private static IReadOnlyList<FruitlessSearchRule> Load()
    {
        using var file = typeof(FruitlessSearchRules).Assembly
            .GetManifestResourceStream("Portal.Publishing.Search.FruitlessSearches.fruitless-searches.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<FruitlessSearchRule>>(file, Options)!;
    }
}
