using Portal.Disclosure.Directory.ReadRecord;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.ReadEntriesApi;

/// <summary>A page of the directory as JSON. What is published here only grows.</summary>
internal sealed record EntryListAnswer(int Count, bool CountIsCapped, string? Next, IReadOnlyList<EntryLineAnswer> Entries);

/// <summary>An entry in a list.</summary>
internal sealed record EntryLineAnswer(
    Guid Id, string IndexNumber, string Title, string? Description, string Publisher, string? DocumentNumber, DateOnly? WrittenOn,
    string PublishedAt, string UpdatedAt, string? Genre, string? Validity, string State, Uri Address,
    string? Recommendation)
{
    public static EntryLineAnswer Of(EntryRow entry, SiteInfo site, ISites sites) => new(
        entry.Id, entry.IndexNumber, entry.Title, entry.Description, entry.Publisher, entry.DocumentNumber, entry.WrittenOn,
        BeijingTime.Machine(entry.PublishedAt), BeijingTime.Machine(entry.UpdatedAt), entry.Genre, entry.Validity,
        entry.State.ToString(), sites.AddressOf(site, RecordPath.Of(entry.Id)), entry.Recommendation);
}

/// <summary>An entry whole; of a withdrawn one the number, the reason and what others do to it are all that is left.</summary>
internal sealed record EntryAnswer(
    Guid Id, string IndexNumber, string State, string? Reason, string UpdatedAt, string Profile, EntryMetadata? Metadata,
    IReadOnlyDictionary<string, string>? CodeVersions, string? Text, IReadOnlyList<RelatedAnswer> Related, Uri Address,
    EntryMetadata? Overlay, IReadOnlyDictionary<string, string>? OverlayVersions)
{
    public static EntryAnswer Of(RecordView record, SiteInfo site, ISites sites)
    {
        var listed = record.State == EntryState.Listed;
        return new EntryAnswer(
            record.Id, record.IndexNumber, record.State.ToString(), record.Reason, BeijingTime.Machine(record.UpdatedAt),
            MetadataProfile.Current.Version, listed ? record.Metadata : null, listed ? record.CodeVersions : null,
            listed ? record.Document?.Text ?? record.Body : null,
            listed
                ? [.. record.Related.Select(other => new RelatedAnswer(
                    other.Kind.ToString(), other.Inverse, other.Other, other.EntryId, other.Title, other.EffectiveOn))]
                : [],
            sites.AddressOf(site, RecordPath.Of(record.Id)), listed ? record.Overlay?.Values : null,
            listed ? record.Overlay?.CodeVersions : null);
    }
}

/// <summary>What an entry does to another, or the other to it.</summary>
internal sealed record RelatedAnswer(string Kind, bool Inverse, string Other, Guid? EntryId, string? Title, DateOnly? EffectiveOn);
