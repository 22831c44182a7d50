using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Disclosure.Directory;

/// <summary>Where an entry comes from.</summary>
public enum EntryOrigin
{
    /// <summary>A document published on this platform.</summary>
    Document,

    /// <summary>Entered by staff: information that is no document of the platform.</summary>
    Direct,

    /// <summary>A docked city system.</summary>
    Docked,
}

/// <summary>Whether the public finds an entry.</summary>
public enum EntryState
{
    /// <summary>In the lists.</summary>
    Listed,

    /// <summary>Withdrawn: its number answers with a tombstone, for good.</summary>
    Withdrawn,

    /// <summary>
    /// 不予公开: on no public surface. One that was public before has left a tombstone without its title; one that never was
    /// has no place in the sequence of the directory.
    /// </summary>
    Withheld,
}

/// <summary>
/// An entry of the information directory 信息公开目录. Its metadata is the truth; the columns beside it are what lists and
/// searches need. Its index number never changes and its row is never deleted: a database trigger sees to that.
/// </summary>
internal sealed class DirectoryEntry
{
    public Guid Id { get; init; }

    /// <summary>The site whose organisation discloses it.</summary>
    public Guid SiteId { get; init; }

    /// <summary>The directory: the nearest portal of a province or prefecture at or above the site.</summary>
    public Guid DirectoryId { get; init; }

    /// <summary>The site and every site above it when it was made, top first.</summary>
    public Guid[] SitePath { get; init; } = [];

    /// <summary>公开主体 and its full name then: the number and the name stay through a merger.</summary>
    public Guid OrganisationId { get; init; }

    public required string OrganisationName { get; init; }

    /// <summary>索引号; unique in the province, never changed, never reused.</summary>
    public required string IndexNumber { get; init; }

    /// <summary>The form it was written in (<see cref="IndexScheme"/>).</summary>
    public required string IndexScheme { get; init; }

    public EntryOrigin Origin { get; init; }

    /// <summary>The document of this platform that it describes.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Type of that document; its form among others.</summary>
    public string? DocumentType { get; init; }

    /// <summary>Its key in the system that it comes from.</summary>
    public string? SourceKey { get; init; }

    /// <summary>The values of the profile's elements.</summary>
    public required EntryMetadata Metadata { get; set; }

    /// <summary>The version of the list that each coded element was taken from, by element.</summary>
    public SortedDictionary<string, string> CodeVersions { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Elements that must be there and are not, or not rightly: work for staff.</summary>
    public string[] Missing { get; set; } = [];

    /// <summary>What the province has added to a docked record; what the record's owner sends never touches it.</summary>
    public EntryOverlay? Overlay { get; set; }

    /// <summary>The province has put it on top of its directory, or recommends it.</summary>
    public string? Recommendation { get; set; }

    public required string Title { get; set; }

    /// <summary>The key under which spellings of one 文号 meet.</summary>
    public string? NumberKey { get; set; }

    public DateOnly? WrittenOn { get; set; }

    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>Year of publication in Beijing.</summary>
    public int Year { get; set; }

    /// <summary>Class of the subject as the newest list names it, and the sub-class.</summary>
    public string? SubjectClass { get; set; }

    public string? Subject { get; set; }

    public string? Genre { get; set; }

    public string? StatutoryItem { get; set; }

    public string? FiveOpenness { get; set; }

    public string? Validity { get; set; }

    /// <summary>Path of the document's page on its site.</summary>
    public string? Path { get; set; }

    /// <summary>The text itself, of an entry that is no document of the platform.</summary>
    public string? Body { get; set; }

    public EntryState State { get; set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; set; }

    /// <summary>Staff withdrew the entry; the document's page stands.</summary>
    public bool WithdrawnByStaff { get; set; }

    /// <summary>The state that it is to have where its openness does not withhold it.</summary>
    public EntryState Standing =>
        State == EntryState.Withheld ? WithdrawnByStaff ? EntryState.Withdrawn : EntryState.Listed : State;

    /// <summary>Grows with every change.</summary>
    public int Version { get; set; }

    /// <summary>Place of the last change in the directory; 0: it was never public.</summary>
    public long Sequence { get; set; }

    /// <summary>SHA-256 over everything that the public and other systems see of it.</summary>
    public required string ContentHash { get; set; }

    /// <summary>SHA-256 of the record as the change feed tells of it (<see cref="Docking.RecordHash"/>).</summary>
    public string RecordHash { get; set; } = "";

    /// <summary>Hash and sequence of the document's edition that it was made from: an older one never overwrites it.</summary>
    public string? DocumentHash { get; set; }

    public int DocumentSequence { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>
    /// Grams of the title and tags (<see cref="EntryTags"/>). On its way in only: a trigger turns it into the column
    /// title_vector, which the model does not know because nothing but search reads it.
    /// </summary>
    public string[]? TitleGrams { get; set; }
}

/// <summary>
/// Fields of the province over a docked record 省级补充: its own classification, recommendation and note. They are shown
/// beside the owner's, found with them, and survive whatever the owner sends.
/// </summary>
public sealed record EntryOverlay
{
    /// <summary>The values of the profile's overlay elements.</summary>
    public EntryMetadata Values { get; init; } = new();

    /// <summary>The version of the list that each coded element was taken from.</summary>
    public SortedDictionary<string, string> CodeVersions { get; init; } = new(StringComparer.Ordinal);
}

/// <summary>
/// A listed entry in the lists of a site: its own and those of every site above it, so that any list is one index range.
/// </summary>
internal sealed class DirectoryListing
{
    public Guid ScopeId { get; init; }

    public Guid EntryId { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    public Guid SiteId { get; init; }

    public string? SubjectClass { get; init; }

    public string? Subject { get; init; }

    /// <summary>Class and sub-class that the province has given it.</summary>
    public string? OverlaySubjectClass { get; init; }

    public string? OverlaySubject { get; init; }

    public string? Genre { get; init; }

    public string? StatutoryItem { get; init; }

    public string? FiveOpenness { get; init; }

    public string? Validity { get; init; }
}

internal sealed class DirectoryEntryConfiguration : IEntityTypeConfiguration<DirectoryEntry>
{
    public const string OneNumber = "ux_directory_entries_index_number";
    public const string OneDocument = "ux_directory_entries_document";

    public void Configure(EntityTypeBuilder<DirectoryEntry> builder)
    {
        builder.ToTable("directory_entries");
        builder.HasKey(entry => entry.Id);
        builder.Ignore(entry => entry.Standing);
        builder.Property(entry => entry.OrganisationName).HasMaxLength(100);
        builder.Property(entry => entry.IndexNumber).HasMaxLength(64);
        builder.Property(entry => entry.IndexScheme).HasMaxLength(20);
        builder.Property(entry => entry.Origin).HasConversion<string>().HasMaxLength(16);
        builder.Property(entry => entry.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(entry => entry.DocumentType).HasMaxLength(40);
        builder.Property(entry => entry.SourceKey).HasMaxLength(200);
        builder.Property(entry => entry.Metadata).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<EntryMetadata>(), JsonColumn.Comparer<EntryMetadata>());
        builder.Property(entry => entry.CodeVersions).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.Property(entry => entry.Overlay).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<EntryOverlay?>(), JsonColumn.Comparer<EntryOverlay?>());
        builder.Property(entry => entry.Recommendation).HasMaxLength(20);
        builder.Property(entry => entry.Title).HasMaxLength(200);
        builder.Property(entry => entry.NumberKey).HasMaxLength(100);
        builder.Property(entry => entry.SubjectClass).HasMaxLength(20);
        builder.Property(entry => entry.Subject).HasMaxLength(20);
        builder.Property(entry => entry.Genre).HasMaxLength(20);
        builder.Property(entry => entry.StatutoryItem).HasMaxLength(20);
        builder.Property(entry => entry.FiveOpenness).HasMaxLength(20);
        builder.Property(entry => entry.Validity).HasMaxLength(20);
        builder.Property(entry => entry.Path).HasMaxLength(400);
        builder.Property(entry => entry.Reason).HasMaxLength(500);
        builder.Property(entry => entry.ContentHash).HasMaxLength(64);
        builder.Property(entry => entry.RecordHash).HasMaxLength(64);
        builder.Property(entry => entry.DocumentHash).HasMaxLength(64);
        builder.Property(entry => entry.Version).IsConcurrencyToken();
        // By the whole number and by its beginning.
        builder.HasIndex(entry => entry.IndexNumber).IsUnique().HasDatabaseName(OneNumber).HasOperators("text_pattern_ops");
        builder.HasIndex(entry => entry.DocumentId).IsUnique().HasDatabaseName(OneDocument)
            .HasFilter("document_id is not null");
        builder.HasIndex(entry => entry.NumberKey)
            .HasDatabaseName("ix_directory_entries_number").HasFilter("number_key is not null").HasOperators("text_pattern_ops");
        builder.HasIndex(entry => new { entry.SiteId, entry.PublishedAt, entry.Id })
            .HasDatabaseName("ix_directory_entries_site");
        builder.HasIndex(entry => new { entry.DirectoryId, entry.Sequence })
            .HasDatabaseName("ix_directory_entries_sequence");
        builder.HasIndex(entry => new { entry.DirectoryId, entry.UpdatedAt, entry.Sequence })
            .HasDatabaseName("ix_directory_entries_updated");
        // Only whether two titles are the same: a hash is small, however long the titles are.
        builder.HasIndex(entry => entry.Title).HasMethod("hash").HasDatabaseName("ix_directory_entries_same_title");
        builder.HasIndex(entry => entry.PublishedAt)
            .HasDatabaseName("ix_directory_entries_recommended").HasFilter("recommendation is not null");
        builder.HasIndex(entry => entry.Missing).HasMethod("gin")
            .HasDatabaseName("ix_directory_entries_missing").HasFilter("missing <> '{}'");
    }
}

internal sealed class DirectoryListingConfiguration : IEntityTypeConfiguration<DirectoryListing>
{
    public void Configure(EntityTypeBuilder<DirectoryListing> builder)
    {
        builder.ToTable("directory_listings");
        builder.HasKey(row => new { row.ScopeId, row.EntryId });
        builder.HasIndex(row => row.EntryId).HasDatabaseName("ix_directory_listings_entry");
        builder.Property(row => row.SubjectClass).HasMaxLength(20);
        builder.Property(row => row.Subject).HasMaxLength(20);
        builder.Property(row => row.Genre).HasMaxLength(20);
        builder.Property(row => row.StatutoryItem).HasMaxLength(20);
        builder.Property(row => row.FiveOpenness).HasMaxLength(20);
        builder.Property(row => row.Validity).HasMaxLength(20);
        builder.Property(row => row.OverlaySubjectClass).HasMaxLength(20);
        builder.Property(row => row.OverlaySubject).HasMaxLength(20);
        builder.HasIndex(row => new { row.ScopeId, row.OverlaySubjectClass, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_overlay_subject").HasFilter("overlay_subject_class is not null");
        builder.HasIndex(row => new { row.ScopeId, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_newest");
        builder.HasIndex(row => new { row.ScopeId, row.SiteId, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_site");
        builder.HasIndex(row => new { row.ScopeId, row.SubjectClass, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_subject");
        builder.HasIndex(row => new { row.ScopeId, row.Genre, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_genre");
        builder.HasIndex(row => new { row.ScopeId, row.StatutoryItem, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_item");
        builder.HasIndex(row => new { row.ScopeId, row.FiveOpenness, row.PublishedAt, row.EntryId })
            .HasDatabaseName("ix_directory_listings_five");
    }
}
