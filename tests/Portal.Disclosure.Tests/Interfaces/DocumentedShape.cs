using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Disclosure.Tests.Interfaces;

/// <summary>
/// Is a body what an OpenAPI document says? As much of JSON Schema as the documents use; a word that is not known here is a
/// fault, so that nothing goes unchecked. Stricter than the standard: what is not described may not be there.
/// </summary>
internal static class DocumentedShape
{
    private static readonly string[] Known =
        ["$ref", "oneOf", "type", "format", "items", "properties", "required", "additionalProperties", "enum", "description", "title", "example"];

    public static IReadOnlyList<string> Faults(JsonNode? value, JsonNode schema, JsonNode document, string at)
    {
        List<string> faults = [];
        Look(value, schema, document, at, faults);
        return faults;
    }

    private static void Look(JsonNode? value, JsonNode schema, JsonNode document, string at, List<string> faults)
    {
        faults.AddRange(schema.AsObject().Where(word => !Known.Contains(word.Key)).Select(word => $"{at}: {word.Key} is not checked"));
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Look(value, document["components"]!["schemas"]![reference.Split('/')[^1]]!, document, at, faults);
            return;
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            if (!choices.Any(choice => Faults(value, choice!, document, at).Count == 0))
            {
                faults.Add($"{at} fits no shape");
            }

            return;
        }

        var type = TypeOf(value);
        List<string> types = schema["type"] switch
        {
            JsonArray many => [.. many.Select(one => one!.GetValue<string>())],
            { } one => [one.GetValue<string>()],
            _ => [],
        };
        if (types.Count > 0 && !types.Contains(type))
        {
            faults.Add($"{at} is {type}, not {string.Join('/', types)}");
        }

        if (schema["enum"] is JsonArray codes && !codes.Any(code => JsonNode.DeepEquals(code, value)))
        {
            faults.Add($"{at} is none of the codes");
        }

        if (value is not null && schema["format"]?.GetValue<string>() is { } format && !IsOf(format, value))
        {
            faults.Add($"{at} is no {format}");
        }

        if (value is JsonArray list && schema["items"] is { } items)
        {
            foreach (var (item, index) in list.Select((item, index) => (item, index)))
            {
                Look(item, items, document, $"{at}[{index}]", faults);
            }
        }

        if (value is JsonObject members)
        {
            Look(members, schema, document, at, faults);
        }
    }

    private static void Look(JsonObject members, JsonNode schema, JsonNode document, string at, List<string> faults)
    {
        var described = schema["properties"] as JsonObject ?? [];
        foreach (var (key, value) in members)
        {
            if (described[key] is { } property)
            {
                Look(value, property, document, $"{at}.{key}", faults);
            }
            else if (schema["additionalProperties"] is JsonObject others)
            {
                Look(value, others, document, $"{at}.{key}", faults);
            }
            else if (key != "traceId")
            {
                faults.Add($"{at}.{key} is not described");
            }
        }

        faults.AddRange((schema["required"] as JsonArray ?? []).Select(key => key!.GetValue<string>())
            .Where(key => !members.ContainsKey(key)).Select(key => $"{at}.{key} is missing"));
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "boolean",
    };

    private static bool IsOf(string format, JsonNode value) => format switch
    {
        "int32" => int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        "int64" => long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        "uuid" => Guid.TryParseExact(value.GetValue<string>(), "D", out _),
        "date-time" => DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _)
            && value.GetValue<string>().Contains('T', StringComparison.Ordinal),
        "date" => DateOnly.TryParseExact(value.GetValue<string>(), "yyyy-MM-dd", out _),
        "uri" => Uri.TryCreate(value.GetValue<string>(), UriKind.Absolute, out _),
        _ => false,
    };
}
