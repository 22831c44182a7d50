using System.Text.Json;
using Npgsql;
using Portal.Shared.Messaging;
using Portal.Shared.Ui;

namespace Portal.Publishing.Pages;

/// <summary>How columns of the public reads become what pages show.</summary>
internal static class PublishedRows
{
    /// <summary>Two columns of equal length, paths and names.</summary>
    public static IReadOnlyList<NavigationEntry> Entries(this NpgsqlDataReader row, int paths) =>
        Zip(row.GetFieldValue<string[]>(paths), row.GetFieldValue<string[]>(paths + 1));

    public static T? Json<T>(this NpgsqlDataReader row, int column)
        where T : class =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(row.GetString(column), MessageJson.Options);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Instant(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static NavigationEntry[] Zip(string[] paths, string[] names)
    {
        var entries = new NavigationEntry[paths.Length];
        for (var i = 0; i < paths.Length; i++)
        {
            entries[i] = new NavigationEntry(paths[i], names[i]);
        }

        return entries;
    }
}
