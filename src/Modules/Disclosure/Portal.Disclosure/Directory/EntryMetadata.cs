using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Directory;

/// <summary>
/// The values of a record by element (<see cref="MetadataProfile"/>): text as the profile writes it, codes as codes. An
/// element without a value is not there.
/// </summary>
[JsonConverter(typeof(EntryMetadataJson))]
public sealed class EntryMetadata
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);

    /// <summary>What there is, in the order of the keys.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values => _values;

    /// <summary>The values of an element; none when it has none.</summary>
    public IReadOnlyList<string> All(string key) => _values.GetValueOrDefault(key) ?? [];

    /// <summary>The value of an element that has one at most.</summary>
    public string? One(string key) => _values.TryGetValue(key, out var values) ? values[0] : null;

    /// <summary>Has the element a value?</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Sets an element; blank texts are no values.</summary>
    public EntryMetadata Set(string key, params IEnumerable<string?> values)
    {
        List<string> kept = [];
        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value) && !kept.Contains(value.Trim()))
            {
                kept.Add(value.Trim());
            }
        }

        if (kept.Count == 0)
        {
            _values.Remove(key);
        }
        else
        {
            _values[key] = kept;
        }

        return this;
    }

    /// <summary>A copy that may be changed.</summary>
    public EntryMetadata Copy()
    {
        var copy = new EntryMetadata();
        foreach (var (key, values) in _values)
        {
            copy._values[key] = values;
        }

        return copy;
    }

    /// <summary>The canonical text: the same values give the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MessageJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static EntryMetadata Read(string json) => JsonSerializer.Deserialize<EntryMetadata>(json, MessageJson.Options)!;
}

/// <summary>An element that may repeat is a list, any other a text; both are read.</summary>
internal sealed class EntryMetadataJson : JsonConverter<EntryMetadata>
{
    public override EntryMetadata Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var metadata = new EntryMetadata();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Metadata is an object.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            metadata.Set(key, reader.TokenType switch
            {
                JsonTokenType.String => [reader.GetString()!],
                JsonTokenType.StartArray => JsonSerializer.Deserialize<List<string>>(ref reader, options) ?? [],
                JsonTokenType.Null => [],
                _ => throw new JsonException($"The value of {key} is neither a text nor a list of texts."),
            });
        }

        return metadata;
    }

    public override void Write(Utf8JsonWriter writer, EntryMetadata value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, values) in value.Values)
        {
            writer.WritePropertyName(key);
            if (MetadataProfile.Current.Find(key) is { IsMany: false } or null && values.Count == 1)
            {
                writer.WriteStringValue(values[0]);
            }
            else
            {
                JsonSerializer.Serialize(writer, values, options);
            }
        }

        writer.WriteEndObject();
    }
}
