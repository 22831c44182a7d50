using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Letters.Templates;

/// <summary>
/// 答复模板: words that the people of a site begin a reply with. What it says lies in its versions; a retired one is offered no
/// more and stays to be looked up.
/// </summary>
internal sealed class ReplyTemplate
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Unique among those of the site that are in use.</summary>
    public required string Name { get; set; }

    /// <summary>As the newest version has it.</summary>
    public string Text { get; set; } = "";

    /// <summary>From 1; each change makes the next.</summary>
    public int Version { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }
}

/// <summary>What a template said: only ever added, so that it can be seen later what replies were made from.</summary>
internal sealed class ReplyTemplateVersion
{
    public Guid Id { get; init; }

    public Guid TemplateId { get; init; }

    public int Number { get; init; }

    public required string Name { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid ActorId { get; init; }

    public required string ActorName { get; init; }
}

internal sealed class ReplyTemplateConfiguration : IEntityTypeConfiguration<ReplyTemplate>
{
    public const string OneName = "ux_reply_templates_name";

    public void Configure(EntityTypeBuilder<ReplyTemplate> builder)
    {
        builder.ToTable("reply_templates");
        builder.HasKey(template => template.Id);
        builder.Property(template => template.Name).HasMaxLength(60);
        builder.Property(template => template.Text).HasMaxLength(4000);
        builder.Property(template => template.Version).IsConcurrencyToken();
        builder.HasIndex(template => new { template.SiteId, template.Name }).IsUnique()
            .HasDatabaseName(OneName).HasFilter("retired_at is null");
    }
}

internal sealed class ReplyTemplateVersionConfiguration : IEntityTypeConfiguration<ReplyTemplateVersion>
{
    public void Configure(EntityTypeBuilder<ReplyTemplateVersion> builder)
    {
        builder.ToTable("reply_template_versions");
        builder.HasKey(row => row.Id);
        builder.HasOne<ReplyTemplate>().WithMany().HasForeignKey(row => row.TemplateId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.Property(row => row.Text).HasMaxLength(4000);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.HasIndex(row => new { row.TemplateId, row.Number }).IsUnique().HasDatabaseName("ux_reply_template_versions_number");
    }
}
