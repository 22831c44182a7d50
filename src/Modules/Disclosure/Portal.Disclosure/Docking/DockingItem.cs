using System.Text.Json.Serialization;
using Portal.Disclosure.Directory;

namespace Portal.Disclosure.Docking;

/// <summary>A record as it travels: in the change feed of a provider and in the batches of a source alike.</summary>
public sealed record DockingItem
{
    /// <summary>The kind of a record that stands.</summary>
    public const string Upsert = "upsert";

    /// <summary>The kind of a record that was withdrawn.</summary>
    public const string Tombstone = "tombstone";

    /// <summary>Place in the provider's directory; a batch has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seq { get; init; }

    /// <summary><see cref="Upsert"/> or <see cref="Tombstone"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>索引号.</summary>
    public string? IndexNumber { get; init; }

    /// <summary>Grows with every change at the source.</summary>
    public long? Version { get; init; }

    /// <summary>SHA-256 of the record (<see cref="RecordHash"/>), 64 hexadecimal digits.</summary>
    public string? ContentHash { get; init; }

    /// <summary>When the source last changed it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When the source made it public.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The values of the profile.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryMetadata? Metadata { get; init; }

    /// <summary>The version of the list of each code; without one, the newest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, string>? CodeVersions { get; init; }

    /// <summary>The text, when it travels along.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    /// <summary>The page at the source.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>A page of the change feed.</summary>
internal sealed record ChangePage
{
    public required string Directory { get; init; }

    public required long After { get; init; }

    /// <summary>What to ask for next, as it is: the directory and the last sequence of this page.</summary>
    public required string Next { get; init; }

    public required bool HasMore { get; init; }

    public required long HeadSeq { get; init; }

    /// <summary>How many items there are: who reads fewer has been cut off on the way.</summary>
    public required int Count { get; init; }

    public required IReadOnlyList<DockingItem> Items { get; init; }
}

/// <summary>Some records, asked for by their numbers.</summary>
internal sealed record EntryPage(string Directory, int Count, IReadOnlyList<DockingItem> Items);

/// <summary>All buckets that hold anything.</summary>
internal sealed record BucketList(string Directory, int Count, IReadOnlyList<Bucket> Buckets);

/// <summary>A bucket: the records whose number's SHA-256 begins with its byte.</summary>
internal sealed record Bucket(int Number, int Count, string Hash);

/// <summary>What one bucket holds.</summary>
internal sealed record BucketContent(string Directory, int Number, int Count, IReadOnlyList<BucketRecord> Records);

/// <summary>A record by number, version and hash.</summary>
internal sealed record BucketRecord(string IndexNumber, long Version, string ContentHash);
