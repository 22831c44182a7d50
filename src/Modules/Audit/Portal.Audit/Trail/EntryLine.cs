using System.Globalization;
using System.Text.Json;
using Portal.Shared.Paging;
using Portal.Shared.Ui;

namespace Portal.Audit.Trail;

/// <summary>A sealed decision in a list.</summary>
public sealed record EntryLine
{
    /// <summary>Its place in the trail, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>The decision.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Code of the action.</summary>
    public required string Action { get; init; }

    /// <summary>Who; null: the platform itself, or nobody known.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Who, as the name stood then.</summary>
    public required string ActorName { get; init; }

    /// <summary>The person's organisation then.</summary>
    public string? ActorUnit { get; init; }

    /// <summary>The site, if one.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Its name today.</summary>
    public string? SiteName { get; init; }

    /// <summary>Kind of object.</summary>
    public required string ObjectType { get; init; }

    /// <summary>The object.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Its title then.</summary>
    public string? ObjectTitle { get; init; }

    /// <summary>Opinion or reason.</summary>
    public string? Opinion { get; init; }

    /// <summary>Hash of the content that was decided on.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Further facts.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>Where the object's whole history is: a document's rather than that of one of its editions.</summary>
    public string HistoryHref() => ObjectType == "edition" && Facts.TryGetValue("document", out var document)
        ? "/console/audit/objects/document/" + document
        : $"/console/audit/objects/{Uri.EscapeDataString(ObjectType)}/{Uri.EscapeDataString(ObjectId)}";

    internal static EntryLine Of(Entry entry, TrailScope scope) => new()
    {
        Index = entry.Index,
        DecisionId = entry.DecisionId,
        OccurredAt = entry.OccurredAt,
        Action = entry.Action,
        ActorId = entry.ActorId,
        ActorName = entry.ActorName,
        ActorUnit = entry.ActorUnit,
        SiteId = entry.SiteId,
        SiteName = scope.NameOf(entry.SiteId),
        ObjectType = entry.ObjectType,
        ObjectId = entry.ObjectId,
        ObjectTitle = entry.ObjectTitle,
        Opinion = entry.Opinion,
        ContentHash = entry.ContentHash,
        Facts = JsonSerializer.Deserialize<SortedDictionary<string, string>>(entry.Facts)!,
    };
}

/// <summary>A page of the trail by keyset on the index, newest first.</summary>
internal static class EntryPaging
{
    public const int PageSize = 50;

    /// <summary>The page before or after an entry; neither: the newest.</summary>
    public static async Task<Page<Entry>> PageAsync(
        this IQueryable<Entry> entries,
        string? before,
        string? after,
        Func<IQueryable<Entry>, CancellationToken, Task<List<Entry>>> read,
        CancellationToken cancellationToken)
    {
        if (long.TryParse(after, CultureInfo.InvariantCulture, out var edge))
        {
            var newer = await read(
                entries.Where(entry => entry.Index > edge).OrderBy(entry => entry.Index).Take(PageSize + 1), cancellationToken);
            var more = newer.Count > PageSize;
            var shown = newer.Take(PageSize).Reverse().ToList();
            return new Page<Entry>(
                shown, shown.Count == 0 ? null : Text(shown[^1]), more ? Text(shown[0]) : null);
        }

        var isLater = long.TryParse(before, CultureInfo.InvariantCulture, out edge);
        var older = await read(
            entries.Where(entry => !isLater || entry.Index < edge)
                .OrderByDescending(entry => entry.Index).Take(PageSize + 1),
            cancellationToken);
        var items = older.Take(PageSize).ToList();
        return new Page<Entry>(
            items,
            older.Count > PageSize ? Text(items[^1]) : null,
            isLater && items.Count > 0 ? Text(items[0]) : null);

        static string Text(Entry entry) => entry.Index.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The first instant of a day in Beijing; null for anything that is no date.</summary>
    public static DateTimeOffset? StartOfDay(string? text, int addDays = 0)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year is < 1970 or > 9000)
        {
            return null;
        }

        var start = day.AddDays(addDays).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(start, BeijingTime.Zone.GetUtcOffset(start)).ToUniversalTime();
    }
}
