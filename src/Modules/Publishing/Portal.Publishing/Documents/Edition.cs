using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Publishing.Documents;

/// <summary>Where an edition is on its way (docs/review-workflow.md).</summary>
public enum EditionState
{
    /// <summary>草稿</summary>
    Draft,

    /// <summary>退回修改: sent back with a reason.</summary>
    Returned,

    /// <summary>待初审</summary>
    AwaitingFirstReview,

    /// <summary>待审核</summary>
    AwaitingSecondReview,

    /// <summary>待审发</summary>
    AwaitingRelease,

    /// <summary>定时发布: released, waits for its time.</summary>
    Scheduled,

    /// <summary>已发布: what the public sees.</summary>
    Live,

    /// <summary>历史版本: was live, a later edition took its place.</summary>
    Superseded,

    /// <summary>到期下线: its time ran out.</summary>
    TakenDown,

    /// <summary>已作废: never went live and never will.</summary>
    Discarded,
}

/// <summary>What an edition does to the public page when it goes live, if it takes content away.</summary>
public enum UnpublishingKind
{
    /// <summary>The page stays, under a banner that says why it no longer holds.</summary>
    Withdrawn,

    /// <summary>The address leads elsewhere.</summary>
    Redirect,

    /// <summary>The address answers 410 with the reason.</summary>
    Gone,
}

/// <summary>A file that belongs to an edition.</summary>
/// <param name="MediaId">The media item.</param>
/// <param name="Name">The name readers see.</param>
public sealed record Attachment(Guid MediaId, string Name);

/// <summary>
/// A version of a document in one language. Withdrawing is an edition too, with <see cref="Unpublishing"/> set, so that
/// the three reviews hold for it as for everything else. Once live, its row never changes again but for its state; a
/// database trigger sees to that.
/// </summary>
internal sealed class Edition
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid DocumentId { get; init; }

    public string Language { get; init; } = "zh-CN";

    /// <summary>1, 2, 3 … within a document and language; the public version number.</summary>
    public int Number { get; init; }

    public EditionState State { get; set; }

    public Guid ChannelId { get; set; }

    /// <summary>Last segment of the page's path, <c>[a-z0-9-]</c>.</summary>
    public required string Slug { get; set; }

    public required string Title { get; set; }

    public string Summary { get; set; } = "";

    /// <summary>The node tree in canonical JSON (<c>Portal.Publishing.RichText</c>).</summary>
    public required string Body { get; set; }

    /// <summary>Values of the type's own fields, by key.</summary>
    public SortedDictionary<string, string> Fields { get; set; } = new(StringComparer.Ordinal);

    /// <summary>信息来源 (W-05).</summary>
    public string Source { get; set; } = "";

    /// <summary>作者, as readers see it.</summary>
    public string Author { get; set; } = "";

    public string[] Keywords { get; set; } = [];

    public Guid? CoverMediaId { get; set; }

    public List<Attachment> Attachments { get; set; } = [];

    /// <summary>The policies this document interprets (G-28).</summary>
    public Guid[] Interprets { get; set; } = [];

    public UnpublishingKind? Unpublishing { get; set; }

    public string? UnpublishingReason { get; set; }

    public string? RedirectTo { get; set; }

    /// <summary>To go live not before (UTC); null: on release.</summary>
    public DateTimeOffset? PublishAt { get; set; }

    /// <summary>To be taken down at (UTC).</summary>
    public DateTimeOffset? TakeDownAt { get; set; }

    /// <summary>First publication elsewhere, for imported documents; shown as the publication date.</summary>
    public DateTimeOffset? OriginallyPublishedAt { get; set; }

    /// <summary>The live edition it was drafted from: an urgent fix must not be undone by an older draft.</summary>
    public Guid? BasedOn { get; init; }

    /// <summary>SHA-256 over everything the public will see; every review names it, and any edit changes it.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>Everybody who wrote this edition: none of them may review it.</summary>
    public Guid[] Contributors { get; set; } = [];

    /// <summary>The import that brought it, approved as a whole by a named person.</summary>
    public Guid? ImportBatchId { get; init; }

    public Guid? CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid? UpdatedBy { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Grows with every save; a writer names the one it read (409 otherwise).</summary>
    public int Version { get; set; } = 1;

    public bool IsWorking => State is EditionState.Draft or EditionState.Returned or EditionState.AwaitingFirstReview
        or EditionState.AwaitingSecondReview or EditionState.AwaitingRelease;

    public bool IsEditable => State is EditionState.Draft or EditionState.Returned;

    /// <summary>After a change of content: a new hash voids earlier reviews, and the writer may no longer review.</summary>
    public void Edited(Guid personId, DateTimeOffset now)
    {
        ContentHash = Documents.ContentHash.Of(this);
        if (!Contributors.Contains(personId))
        {
            Contributors = [.. Contributors, personId];
        }

        UpdatedBy = personId;
        UpdatedAt = now;
        Version++;
    }

    /// <summary>The next edition of the same document with the content of <paramref name="former"/>.</summary>
    public static Edition Following(Edition former, Guid id, int number, Guid personId, DateTimeOffset now)
    {
        var edition = new Edition
        {
            Id = id,
            SiteId = former.SiteId,
            DocumentId = former.DocumentId,
            Language = former.Language,
            Number = number,
            State = EditionState.Draft,
            ChannelId = former.ChannelId,
            Slug = former.Slug,
            Title = former.Title,
            Summary = former.Summary,
            Body = former.Body,
            Fields = new(former.Fields, StringComparer.Ordinal),
            Source = former.Source,
            Author = former.Author,
            Keywords = former.Keywords,
            CoverMediaId = former.CoverMediaId,
            Attachments = [.. former.Attachments],
            Interprets = former.Interprets,
            TakeDownAt = former.TakeDownAt > now ? former.TakeDownAt : null,
            OriginallyPublishedAt = former.OriginallyPublishedAt,
            BasedOn = former.Id,
            Contributors = [personId],
            CreatedBy = personId,
            CreatedAt = now,
            UpdatedBy = personId,
            UpdatedAt = now,
        };
        edition.ContentHash = Documents.ContentHash.Of(edition);
        return edition;
    }
}

internal sealed class EditionConfiguration : IEntityTypeConfiguration<Edition>
{
    public const string OneWorking = "ux_editions_working";
    public const string OneScheduled = "ux_editions_scheduled";
    public const string OneLive = "ux_editions_live";
    public const string OneNumber = "ux_editions_number";

    public void Configure(EntityTypeBuilder<Edition> builder)
    {
        builder.ToTable("editions");
        builder.HasKey(edition => edition.Id);
        builder.Property(edition => edition.State).HasConversion<string>().HasMaxLength(32);
        builder.Property(edition => edition.Unpublishing).HasConversion<string>().HasMaxLength(16);
        builder.Property(edition => edition.Language).HasMaxLength(16);
        builder.Property(edition => edition.Slug).HasMaxLength(80);
        builder.Property(edition => edition.Title).HasMaxLength(200);
        builder.Property(edition => edition.Summary).HasMaxLength(600);
        builder.Property(edition => edition.Source).HasMaxLength(100);
        builder.Property(edition => edition.Author).HasMaxLength(60);
        builder.Property(edition => edition.ContentHash).HasMaxLength(64);
        builder.Property(edition => edition.Fields).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.Property(edition => edition.Attachments).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<List<Attachment>>(), JsonColumn.Comparer<List<Attachment>>());
        builder.Property(edition => edition.Version).IsConcurrencyToken();

        const string working =
            "state in ('Draft','Returned','AwaitingFirstReview','AwaitingSecondReview','AwaitingRelease')";
        builder.HasIndex(edition => new { edition.DocumentId, edition.Language }, OneWorking)
            .HasDatabaseName(OneWorking).IsUnique().HasFilter(working);
        builder.HasIndex(edition => new { edition.DocumentId, edition.Language }, OneScheduled)
            .HasDatabaseName(OneScheduled).IsUnique().HasFilter("state = 'Scheduled'");
        builder.HasIndex(edition => new { edition.DocumentId, edition.Language }, OneLive)
            .HasDatabaseName(OneLive).IsUnique().HasFilter("state = 'Live'");
        builder.HasIndex(edition => new { edition.DocumentId, edition.Language, edition.Number }, OneNumber)
            .HasDatabaseName(OneNumber).IsUnique();
        builder.HasIndex(edition => new { edition.SiteId, edition.State, edition.UpdatedAt, edition.Id })
            .HasDatabaseName("ix_editions_queue")
            .HasFilter("state not in ('Superseded','Discarded')");
        builder.HasIndex(edition => edition.PublishAt)
            .HasDatabaseName("ix_editions_due").HasFilter("state = 'Scheduled'");
        builder.HasIndex(edition => edition.TakeDownAt)
            .HasDatabaseName("ix_editions_take_down").HasFilter("state = 'Live' and take_down_at is not null");
        builder.HasOne<Document>().WithMany().HasForeignKey(edition => edition.DocumentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Channels.Channel>().WithMany().HasForeignKey(edition => edition.ChannelId).OnDelete(DeleteBehavior.Restrict);
    }
}
