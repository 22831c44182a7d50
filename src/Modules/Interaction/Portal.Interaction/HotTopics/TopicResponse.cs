using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;

namespace Portal.Interaction.HotTopics;

/// <summary>Which of the two clocks a response stops .</summary>
public enum ResponsePart
{
    /// <summary>权威信息、回应</summary>
    Statement,

    /// <summary>新闻发布会</summary>
    Briefing,
}

/// <summary>
/// A document by which a topic is answered: one that a site of the province has published, or one written here and sent
/// through the three reviews. It counts while the public has it.
/// </summary>
internal sealed class TopicResponse
{
    public Guid Id { get; init; }

    public Guid TopicId { get; init; }

    public ResponsePart Part { get; init; }

    public TopicAnswerKind Kind { get; set; }

    /// <summary>What is written here; null for the link to a document.</summary>
    public WrittenResponse? Written { get; set; }

    /// <summary>The document in Publishing; of what is written here, null until it was public.</summary>
    public Guid? DocumentId { get; set; }

    /// <summary>The document's site.</summary>
    public Guid DocumentSiteId { get; set; }

    /// <summary>Path on that site, without leading slash.</summary>
    public string? Path { get; set; }

    /// <summary>Title and summary as the public has or had them.</summary>
    public string Title { get; set; } = "";

    public string Summary { get; set; } = "";

    /// <summary>The instant that stops the clock; null while the public does not have it.</summary>
    public DateTimeOffset? PublicAt { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public DateTimeOffset AddedAt { get; init; }

    /// <summary>Of a link: which rumour it rebuts, in the words that the public reads.</summary>
    public string? Rumour { get; set; }

    /// <summary>Of a link: when its document itself became public.</summary>
    public DateTimeOffset? DocumentPublicAt { get; set; }

    /// <summary>Who named the document as the answer.</summary>
    public Guid? AddedBy { get; init; }

    public string? AddedByName { get; init; }

    /// <summary>Who else says so: before that a link is nothing to the public and to the clocks.</summary>
    public Guid? ConfirmedBy { get; set; }

    public string? ConfirmedByName { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Of a draft: who kept it last; null once something else has changed it.</summary>
    public Guid? SavedBy { get; set; }

    public int Version { get; set; }

    public bool IsLink => Written is null;

    /// <summary>A link that a second person has not confirmed yet.</summary>
    public bool IsPending => IsLink && ConfirmedAt is null;

    /// <summary>
    /// A second person says that the document answers the topic. What was public before anybody noticed the topic answers it
    /// from now.
    /// </summary>
    public void Confirm(PublishedDocument document, Actor actor, DateTimeOffset noticedAt, DateTimeOffset now)
    {
        (ConfirmedBy, ConfirmedByName, ConfirmedAt) = (actor.Id, actor.Name, now);
        PublicAt = document.IsImported || document.PublishedAt < noticedAt ? now : document.PublishedAt;
        WithdrawnAt = null;
        Version++;
    }
}

internal sealed class TopicResponseConfiguration : IEntityTypeConfiguration<TopicResponse>
{
    public const string OneDraft = "ux_topic_responses_draft";

    public const string OneLink = "ux_topic_responses_link";

    public const int LongestRumour = 200;

    public void Configure(EntityTypeBuilder<TopicResponse> builder)
    {
        builder.ToTable("topic_responses", table =>
        {
            // One person alone puts nothing before the public.
            table.HasCheckConstraint("ck_topic_responses_confirmed", "written is not null or public_at is null or confirmed_at is not null");
            table.HasCheckConstraint("ck_topic_responses_two_people", "confirmed_by <> added_by");
        });
        builder.HasKey(response => response.Id);
        builder.HasOne<HotTopic>().WithMany().HasForeignKey(response => response.TopicId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(response => response.Part).HasConversion<string>().HasMaxLength(16);
        builder.Property(response => response.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(response => response.Path).HasMaxLength(400);
        builder.Property(response => response.Title).HasMaxLength(200);
        builder.Property(response => response.Summary).HasMaxLength(1000);
        builder.Property(response => response.Rumour).HasMaxLength(LongestRumour);
        builder.Property(response => response.AddedByName).HasMaxLength(60);
        builder.Property(response => response.ConfirmedByName).HasMaxLength(60);
        builder.Property(response => response.Version).IsConcurrencyToken();
        builder.Ignore(response => response.IsLink);
        builder.Ignore(response => response.IsPending);
        builder.Property(response => response.Written).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<WrittenResponse?>(), JsonColumn.Comparer<WrittenResponse?>());
        builder.HasIndex(response => new { response.TopicId, response.Part }).IsUnique()
            .HasDatabaseName(OneDraft).HasFilter("written is not null");
        builder.HasIndex(response => new { response.TopicId, response.Part, response.DocumentId }).IsUnique()
            .HasDatabaseName(OneLink).HasFilter("written is null");
        builder.HasIndex(response => response.DocumentId).HasDatabaseName("ix_topic_responses_document");
    }
}

/// <summary>What is laid before the reviews, and then before the public.</summary>
public sealed record WrittenResponse
{
    public string Title { get; init; } = "";

    /// <summary>What people ask 关注问题; of a rebuttal, what was said 网传内容.</summary>
    public string Question { get; init; } = "";

    /// <summary>事实 and what the policies say.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Evidence and source 依据和来源; a rebuttal has it.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>The authority that says so 发布单位.</summary>
    public string Authority { get; init; } = "";

    /// <summary>Public documents that it refers to, of whatever site.</summary>
    public IReadOnlyList<PolicyLink> Policies { get; init; } = [];
}

/// <summary>A public document that a response refers to, as it was then.</summary>
public sealed record PolicyLink(Guid DocumentId, Guid SiteId, string Path, string Title);
