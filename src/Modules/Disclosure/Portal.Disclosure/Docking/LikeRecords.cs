using Microsoft.EntityFrameworkCore;
using Portal.Shared.Text;

namespace Portal.Disclosure.Docking;

/// <summary>A record of the directory that another one may look like.</summary>
internal sealed record LikeRecord(
    Guid EntryId, string IndexNumber, string Title, DateOnly WrittenOn, string Publisher, string? NumberKey, string? SourceKey,
    string OrganisationName);

/// <summary>
/// Finds records of the same title, day of writing and issuer under another index number (study of docking: title and date
/// duplicates). Two document numbers that differ make them two documents.
/// </summary>
internal sealed class LikeRecords(DisclosureDbContext db)
{
    /// <summary>All that could look like one of the items, for <see cref="LikeSet.Find"/>.</summary>
    public async Task<LikeSet> OfAsync(
        Guid directory, IEnumerable<DockingItem> items, CancellationToken cancellationToken)
    {
        var keys = items.Select(KeyOf).OfType<(string Title, DateOnly Day, string Publisher)>().Distinct().ToList();
        LikeSet set = new();
        if (keys.Count == 0)
        {
            return set;
        }

        string[] titles = [.. keys.Select(key => key.Title)];
        DateOnly[] days = [.. keys.Select(key => key.Day)];
        var found = await db.Database.SqlQuery<LikeRecord>(
            $"""
            select distinct e.id as entry_id, e.index_number, e.title, e.written_on, coalesce(e.metadata ->> 'publisher', '') as publisher,
              e.number_key, e.source_key, e.organisation_name
            from unnest({titles}, {days}) as wanted (title, day)
            join disclosure.directory_entries e on e.title = wanted.title and e.written_on = wanted.day
            where e.directory_id = {directory} and e.state = 'Listed'
            """).ToListAsync(cancellationToken);
        found.ForEach(set.Add);
        return set;
    }

    internal static (string Title, DateOnly Day, string Publisher)? KeyOf(DockingItem item) =>
        item.Kind == DockingItem.Upsert && item.Metadata is { } metadata
            && metadata.One("title") is { } title && metadata.One("publisher") is { } publisher
            && DateOnly.TryParseExact(
                metadata.One("writtenOn"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.None, out var day)
            ? (title.CutTo(200), day, publisher)
            : null;
}

/// <summary>Records by what makes them alike; it grows while a batch is applied.</summary>
internal sealed class LikeSet
{
    private readonly Dictionary<(string, DateOnly, string), List<LikeRecord>> _byKey = [];

    public void Add(LikeRecord record)
    {
        var key = (record.Title, record.WrittenOn, record.Publisher);
        if (!_byKey.TryGetValue(key, out var same))
        {
            _byKey[key] = same = [];
        }

        same.Add(record);
    }

    /// <summary>The record that an item looks like under another number, one of another source before one of its own.</summary>
    public LikeRecord? Find(DockingItem item, string number, string sourceKey) =>
        LikeRecords.KeyOf(item) is { } key && _byKey.TryGetValue(key, out var same)
            ? same
                .Where(other => other.IndexNumber != number && !AreTwo(other.NumberKey, NumberKeyOf(item)))
                .OrderBy(other => other.SourceKey == sourceKey)
                .FirstOrDefault()
            : null;

    public static string? NumberKeyOf(DockingItem item) =>
        item.Metadata?.One("documentNumber") is { Length: <= 100 } number ? DocumentNumbers.Key(number) : null;

    private static bool AreTwo(string? left, string? right) => left is not null && right is not null && left != right;
}
