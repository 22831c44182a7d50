namespace Portal.Publishing.Pages;

/// <summary>The page tags of the column group (requirements 2.4), on channel and content pages.</summary>
internal static class ChannelTags
{
    public static IEnumerable<KeyValuePair<string, string>> Of(
        string name, string description, IReadOnlyCollection<string> keywords, string type) =>
        [
            new("ColumnName", name),
            new("ColumnDescription", description.Length > 0 ? description : name),
            new("ColumnKeywords", keywords.Count > 0 ? string.Join(',', keywords) : name),
            new("ColumnType", type),
        ];
}
