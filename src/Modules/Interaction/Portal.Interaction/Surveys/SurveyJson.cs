using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Portal.Interaction.Surveys;

/// <summary>How definitions and answers are written: one text for one meaning, so that a hash names it.</summary>
internal static class SurveyJson
{
    // Sections, questions, options, rule, conditions, values: nothing lies deeper.
    private const int Depth = 16;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = Depth,
    };

    /// <summary>Keys sorted by code point, no blanks: the same on every host and in every release.</summary>
    public static string Canonical<T>(T value) =>
        Sorted(JsonSerializer.SerializeToNode(value, Options))!.ToJsonString(Options);

    public static string Hash(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    /// <summary>A definition that somebody brought; null when it is none.</summary>
    public static SurveyDefinition? TryRead(string text)
    {
        if (text.Length > SurveyChecks.LargestDefinition)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<SurveyDefinition>(text, Options) is { Format: 1, Sections: not null } read && IsWhole(read)
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A null in place of a list or of a text reads as one.
    private static bool IsWhole(SurveyDefinition read) => read.Sections.All(section =>
        section is { Key: not null, Title: not null, Text: not null, Questions: not null } && IsWhole(section.ShowWhen)
        && section.Questions.All(question =>
            question is { Key: not null, Title: not null, Hint: not null, Unit: not null, Options: not null, Rows: not null }
            && question.Options.Concat(question.Rows).All(option => option is { Key: not null, Label: not null })
            && IsWhole(question.ShowWhen)));

    private static bool IsWhole(SurveyRule? rule) => rule is null
        || (rule.Conditions is not null && rule.Conditions.All(condition =>
            condition is { Question: not null, Values: not null } && condition.Values.All(value => value is not null)));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
