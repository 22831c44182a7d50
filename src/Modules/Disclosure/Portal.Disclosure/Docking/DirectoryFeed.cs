using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking;

/// <summary>
/// A directory as others follow it. Each entry stands at the sequence of its last change, so a reader that asks for what
/// comes after the last sequence it has seen misses nothing and never reads an entry's past.
/// </summary>
internal sealed class DirectoryFeed(DisclosureDbContext db, ISites sites, IStringLocalizer<DockingText> text)
{
    public const int Most = 1000;
    private const int Usual = 500;

    public async Task<(ChangePage? Page, DockingFault? Fault)> ChangesAsync(
        SiteInfo directory, string? after, string? limit, CancellationToken cancellationToken)
    {
        if (Amount(limit) is not { } amount)
        {
            return (null, Bad("limit.malformed", text["Fault.limit.malformed", Most]));
        }

        var (cursor, fault) = Cursor(directory, after);
        if (fault is not null)
        {
            return (null, fault);
        }

        // The head first: what is written in between only makes the page newer than the head says.
        var head = await db.Directories.Where(row => row.Id == directory.Id).Select(row => row.LastSequence)
            .SingleOrDefaultAsync(cancellationToken);
        if (cursor > head)
        {
            return (null, new DockingFault(
                StatusCodes.Status409Conflict, "cursor.ahead", text["Fault.cursor.ahead", cursor, head]));
        }

        var entries = await db.Entries.AsNoTracking()
            .Where(entry => entry.DirectoryId == directory.Id && entry.Sequence > cursor)
            .OrderBy(entry => entry.Sequence)
            .Take(amount + 1)
            .ToListAsync(cancellationToken);
        var items = entries.Take(amount).Select(entry => ItemOf(entry)).ToList();
        var last = items.Count > 0 ? items[^1].Seq!.Value : cursor;
        return (
            new ChangePage
            {
                Directory = directory.Key,
                After = cursor,
                Next = $"{directory.Key}:{last.ToString(CultureInfo.InvariantCulture)}",
                HasMore = entries.Count > amount,
                HeadSeq = Math.Max(head, last),
                Count = items.Count,
                Items = items,
            },
            null);
    }

    public async Task<EntryPage> EntriesAsync(
        SiteInfo directory, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        var entries = await db.Entries.AsNoTracking()
            .Where(entry => entry.DirectoryId == directory.Id && entry.Sequence > 0 && numbers.Contains(entry.IndexNumber))
            .OrderBy(entry => entry.Sequence)
            .ToListAsync(cancellationToken);
        return new EntryPage(directory.Key, entries.Count, [.. entries.Select(ItemOf)]);
    }

    private DockingItem ItemOf(DirectoryEntry entry)
    {
        var listed = entry.State == EntryState.Listed;
        return RecordHash.ContentOf(entry) with
        {
            Seq = entry.Sequence,
            Version = entry.Version,
            ContentHash = entry.RecordHash,
            UpdatedAt = entry.UpdatedAt,
            Address = listed && entry.Path is { } path && sites.ById(entry.SiteId) is { } site
                ? sites.AddressOf(site, path).AbsoluteUri
                : null,
        };
    }

    private (long Cursor, DockingFault? Fault) Cursor(SiteInfo directory, string? after)
    {
        if (string.IsNullOrEmpty(after))
        {
            return (0, null);
        }

        var colon = after.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && after[..colon] != directory.Key)
        {
            return (0, Bad("cursor.other-directory", text["Fault.cursor.other-directory", after[..colon], directory.Key]));
        }

        return !long.TryParse(after.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cursor)
            ? (0, Bad("cursor.malformed", text["Fault.cursor.malformed"]))
            : cursor < 0 ? (0, Bad("cursor.negative", text["Fault.cursor.negative"]))
            : (cursor, null);
    }

    private static int? Amount(string? limit) =>
        string.IsNullOrEmpty(limit) ? Usual
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount is >= 1 and <= Most ? amount
        : null;

    private static DockingFault Bad(string code, string detail) => new(StatusCodes.Status400BadRequest, code, detail);
}
