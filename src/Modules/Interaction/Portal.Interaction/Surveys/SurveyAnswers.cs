using System.Text.Json;

namespace Portal.Interaction.Surveys;

/// <summary>The answer to one question; what of it is filled depends on the kind.</summary>
internal sealed record SurveyValue
{
    /// <summary>Keys of what was chosen; of a ranking, the first first.</summary>
    public IReadOnlyList<string>? Chosen { get; init; }

    /// <summary>The words beside "other".</summary>
    public string? Other { get; init; }

    public string? Text { get; init; }

    public decimal? Number { get; init; }

    public DateOnly? Day { get; init; }

    /// <summary>Point of the scale by row.</summary>
    public IReadOnlyDictionary<string, string>? Cells { get; init; }
}

/// <summary>The answers by question: only those of questions that were shown and filled in.</summary>
internal static class SurveyAnswers
{
    public static string Write(IReadOnlyDictionary<string, SurveyValue> answers) => SurveyJson.Canonical(answers);

    public static IReadOnlyDictionary<string, SurveyValue> Read(string content) =>
        JsonSerializer.Deserialize<Dictionary<string, SurveyValue>>(content, SurveyJson.Options)!;
}
