using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Shared.Messaging;

namespace Portal.Shared.Data;

/// <summary>A small value kept whole as JSON.</summary>
public static class JsonColumn
{
    /// <summary>Writes and reads it.</summary>
    public static ValueConverter<T, string> Converter<T>() =>
        new(value => Write(value), text => JsonSerializer.Deserialize<T>(text, MessageJson.Options)!);

    /// <summary>Equal when the JSON is equal.</summary>
    public static ValueComparer<T> Comparer<T>() =>
        new(
            (left, right) => Write(left!) == Write(right!),
            value => Write(value).GetHashCode(StringComparison.Ordinal),
            value => JsonSerializer.Deserialize<T>(Write(value), MessageJson.Options)!);

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, MessageJson.Options);
}
