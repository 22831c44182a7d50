using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Shared.Messaging;

/// <summary>How facts are written: camelCase, enums by name, Chinese unescaped.</summary>
public static class MessageJson
{
    /// <summary>The one set of options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new OrdinalTextsConverter() },
    };

    // What is read sorts as what was written: by the default comparer the order of keys would follow the culture of the
    // process, and every look-up would ask it.
    private sealed class OrdinalTextsConverter : JsonConverter<SortedDictionary<string, string>>
    {
        public override SortedDictionary<string, string> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!, StringComparer.Ordinal);

        public override void Write(
            Utf8JsonWriter writer, SortedDictionary<string, string> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<IReadOnlyDictionary<string, string>>(writer, value, options);
    }
}
