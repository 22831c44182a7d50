using MediatR;

namespace Portal.Disclosure.Contracts;

/// <summary>An entry of the information directory 信息公开目录 was made, changed, withdrawn or listed again.</summary>
/// <remarks>Grows only. <c>Sequence</c> orders the changes of one directory without gaps.</remarks>
public sealed record DirectoryEntryChanged : INotification
{
    /// <summary>Identity of the fact.</summary>
    public required Guid Id { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who; null for a change that follows from a publication or an import.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The site that owns the entry.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The site and every site above it, top first: wherever the entry is listed.</summary>
    public required IReadOnlyList<Guid> SitePath { get; init; }

    /// <summary>The entry.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>The directory: the site of the province's or prefecture's portal.</summary>
    public required Guid DirectoryId { get; init; }

    /// <summary>Place of the change in the directory.</summary>
    public required long Sequence { get; init; }

    /// <summary>Version of the entry, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Listed or Withdrawn.</summary>
    public required string State { get; init; }

    /// <summary>索引号.</summary>
    public required string IndexNumber { get; init; }

    /// <summary>The document it describes, if one of this platform.</summary>
    public Guid? DocumentId { get; init; }
}
