using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Consultations;

/// <summary>How an opinion came in.</summary>
public enum OpinionChannel
{
    Online,

    /// <summary>来信</summary>
    Post,
    Email,
    Phone,

    /// <summary>座谈会、论证会、听证会</summary>
    Meeting,
}

/// <summary>What an opinion says to the draft.</summary>
public enum OpinionStance
{
    /// <summary>赞成</summary>
    Agree,

    /// <summary>建议修改</summary>
    Change,

    /// <summary>不赞成</summary>
    Disagree,
}

/// <summary>What a person decided about an opinion.</summary>
public enum OpinionState
{
    /// <summary>待审核</summary>
    Waiting,

    /// <summary>公开展示</summary>
    Displayed,

    /// <summary>不公开展示: counts and is answered like any other.</summary>
    Kept,

    /// <summary>不属于本次征集的意见: with the reason.</summary>
    NotValid,
}

/// <summary>What became of what an opinion asks for .</summary>
public enum Disposition
{
    /// <summary>采纳</summary>
    Adopted,

    /// <summary>部分采纳</summary>
    PartlyAdopted,

    /// <summary>未采纳: always with the reason.</summary>
    NotAdopted,
}

/// <summary>
/// An opinion. The row says what it is about and what became of it; who gave it and its words lie sealed in its papers
/// under a key of its own, but for the copy that a person masked and confirmed for display.
/// </summary>
internal sealed class Opinion
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid ConsultationId { get; init; }

    public required string Number { get; init; }

    /// <summary>Identity of the form, so that a second click makes no second opinion.</summary>
    public Guid FormId { get; init; }

    /// <summary>Keyed hash of the follow-up code; the code itself is kept nowhere.</summary>
    public required string CodeHash { get; init; }

    public required string ContentHash { get; init; }

    public OpinionChannel Channel { get; init; }

    /// <summary>The clause; null for the draft as a whole.</summary>
    public string? ClauseId { get; init; }

    /// <summary>What the clause was called when the opinion came.</summary>
    public string? ClauseLabel { get; init; }

    public OpinionStance Stance { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The day on which it came; for what came on paper, the day of the paper.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Does who gave it allow it to be shown?</summary>
    public bool MayDisplay { get; init; }

    public string? Suspicion { get; init; }

    /// <summary>Where the paper lies.</summary>
    public string? PaperReference { get; init; }

    /// <summary>The data key of the papers, wrapped; null once the personal data is erased.</summary>
    public string? SealedKey { get; set; }

    public DateTimeOffset? ErasedAt { get; set; }

    public OpinionState State { get; set; }

    /// <summary>Why it is not shown or is none; who gave it reads it.</summary>
    public string? StateReason { get; set; }

    /// <summary>The copy that the public reads: a <see cref="MaskedCopy"/> that a person confirmed.</summary>
    public string? DisplayText { get; set; }

    public DateTimeOffset? DisplayedAt { get; set; }

    public string Theme { get; set; } = "";

    public Guid? ClusterId { get; set; }

    /// <summary>Its own; else that of its group counts.</summary>
    public Disposition? Disposition { get; set; }

    public string? DispositionReason { get; set; }

    public int Version { get; set; }
}

internal sealed class OpinionConfiguration : IEntityTypeConfiguration<Opinion>
{
    public const string OneForm = "ux_opinions_form";

    public void Configure(EntityTypeBuilder<Opinion> builder)
    {
        builder.ToTable("opinions", table =>
        {
            table.HasCheckConstraint("ck_opinions_displayed", "(state = 'Displayed') = (display_text is not null)");
            table.HasCheckConstraint("ck_opinions_disposed", "(disposition is null) = (disposition_reason is null)");
        });
        builder.HasKey(row => row.Id);
        builder.HasOne<Consultation>().WithMany().HasForeignKey(row => row.ConsultationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<OpinionCluster>().WithMany().HasForeignKey(row => row.ClusterId).OnDelete(DeleteBehavior.SetNull);
        builder.Property(row => row.Number).HasMaxLength(30);
        builder.Property(row => row.CodeHash).HasMaxLength(64);
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.Property(row => row.Channel).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ClauseId).HasMaxLength(12);
        builder.Property(row => row.ClauseLabel).HasMaxLength(60);
        builder.Property(row => row.Stance).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Suspicion).HasMaxLength(60);
        builder.Property(row => row.PaperReference).HasMaxLength(100);
        builder.Property(row => row.SealedKey).HasMaxLength(1000);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.StateReason).HasMaxLength(500);
        builder.Property(row => row.Theme).HasMaxLength(40);
        builder.Property(row => row.Disposition).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.DispositionReason).HasMaxLength(2000);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.Number).IsUnique().HasDatabaseName("ux_opinions_number");
        builder.HasIndex(row => row.FormId).IsUnique().HasDatabaseName(OneForm);
        builder.HasIndex(row => new { row.ConsultationId, row.SubmittedAt, row.Id }).HasDatabaseName("ix_opinions_newest");
        builder.HasIndex(row => new { row.ConsultationId, row.DisplayedAt, row.Id })
            .HasDatabaseName("ix_opinions_displayed").HasFilter("state = 'Displayed'");
        builder.HasIndex(row => row.ConsultationId).HasDatabaseName("ix_opinions_waiting").HasFilter("state = 'Waiting'");
        builder.HasIndex(row => row.ConsultationId).HasDatabaseName("ix_opinions_sealed").HasFilter("sealed_key is not null");
    }
}

/// <summary>What was written, sealed under the opinion's own key.</summary>
internal sealed class OpinionPaper
{
    public Guid Id { get; init; }

    public Guid OpinionId { get; init; }

    /// <summary>A file; else the words.</summary>
    public bool IsFile { get; init; }

    public required byte[] Sealed { get; init; }

    /// <summary>The sealed file.</summary>
    public string? BlobHash { get; init; }
}

internal sealed class OpinionPaperConfiguration : IEntityTypeConfiguration<OpinionPaper>
{
    public void Configure(EntityTypeBuilder<OpinionPaper> builder)
    {
        builder.ToTable("opinion_papers");
        builder.HasKey(paper => paper.Id);
        builder.HasOne<Opinion>().WithMany().HasForeignKey(paper => paper.OpinionId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(paper => paper.BlobHash).HasMaxLength(64);
        builder.HasIndex(paper => new { paper.OpinionId, paper.Id }).HasDatabaseName("ix_opinion_papers_opinion");
    }
}

/// <summary>Opinions that say the same: answered once.</summary>
internal sealed class OpinionCluster
{
    public Guid Id { get; init; }

    public Guid ConsultationId { get; init; }

    /// <summary>What they say, in the words of staff; the report prints it.</summary>
    public required string Name { get; set; }

    public Disposition? Disposition { get; set; }

    public string? Reason { get; set; }

    public int Version { get; set; }
}

internal sealed class OpinionClusterConfiguration : IEntityTypeConfiguration<OpinionCluster>
{
    public void Configure(EntityTypeBuilder<OpinionCluster> builder)
    {
        builder.ToTable("opinion_clusters", table =>
            table.HasCheckConstraint("ck_opinion_clusters_disposed", "(disposition is null) = (reason is null)"));
        builder.HasKey(row => row.Id);
        builder.HasOne<Consultation>().WithMany().HasForeignKey(row => row.ConsultationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Name).HasMaxLength(200);
        builder.Property(row => row.Disposition).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Reason).HasMaxLength(2000);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.ConsultationId, row.Id }).HasDatabaseName("ix_opinion_clusters_own");
    }
}

/// <summary>Who gave an opinion, and its words: everything personal of it.</summary>
public sealed record WrittenOpinion
{
    public string Name { get; init; } = "";

    public string Unit { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Text { get; init; } = "";
}

/// <summary>A file as its paper knows it.</summary>
internal sealed record OpinionFile(string Name, string MediaType, int Size);
