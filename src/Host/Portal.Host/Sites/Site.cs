using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Host.Organisations;
using Portal.Shared.Sites;

namespace Portal.Host.Sites;

internal sealed class Site
{
    public Guid Id { get; init; }

    public required string Key { get; init; }

    public Guid? ParentId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required SiteKind Kind { get; init; }

    /// <summary>Where the last row of <see cref="SiteStatusChange"/> has put it.</summary>
    public SiteStatus Status { get; private set; } = SiteStatus.Planned;

    public required string Name { get; set; }

    public string? SiteCode { get; set; }

    public string? IcpNumber { get; set; }

    public string? PoliceNumber { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? Address { get; set; }

    public required string Accent { get; set; }

    public required string Emblem { get; set; }

    public List<string> Languages { get; set; } = ["zh-CN"];

    public List<string> TrustedHosts { get; set; } = [];

    /// <summary>G-04: the document with which the provincial office approved the site.</summary>
    public string? ApprovalNumber { get; set; }

    public string? ApprovalAuthority { get; set; }

    public DateOnly? ApprovedOn { get; set; }

    /// <summary>S-15: the document that allows the organisation a further site; null for its one site.</summary>
    public string? ExceptionNumber { get; set; }

    public List<SiteDomain> Domains { get; init; } = [];

    public uint Version { get; private set; }

    /// <summary>Moves the site on in its life and answers the record of it.</summary>
    public SiteStatusChange MoveTo(
        SiteStatus status, string documentNumber, string reason, Guid? actorId, string actorName, DateTimeOffset at)
    {
        var change = new SiteStatusChange
        {
            Id = Guid.CreateVersion7(at),
            SiteId = Id,
            From = Status,
            To = status,
            DocumentNumber = documentNumber,
            Reason = reason,
            ActorId = actorId,
            ActorName = actorName,
            ChangedAt = at,
        };
        Status = status;
        return change;
    }
}

internal sealed class SiteDomain
{
    public Guid SiteId { get; init; }

    /// <summary>Lower case; Chinese domains in their own script.</summary>
    public required string Name { get; init; }

    /// <summary>主域名 (G-12).</summary>
    public bool IsPrimary { get; set; }
}

/// <summary>One step of a site's life: never changed, never deleted.</summary>
internal sealed class SiteStatusChange
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public SiteStatus From { get; init; }

    public SiteStatus To { get; init; }

    public required string DocumentNumber { get; init; }

    public required string Reason { get; init; }

    public Guid? ActorId { get; init; }

    public required string ActorName { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SiteConfiguration : IEntityTypeConfiguration<Site>
{
    public const string KeyIndex = "ux_sites_key";
    public const string CodeIndex = "ux_sites_site_code";
    public const string OneOfOrganisationIndex = "ux_sites_one_of_organisation";

    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.ToTable("sites");
        builder.Property(site => site.Key).HasMaxLength(40);
        builder.Property(site => site.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(site => site.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(site => site.Name).HasMaxLength(100);
        builder.Property(site => site.SiteCode).HasMaxLength(10);
        builder.Property(site => site.IcpNumber).HasMaxLength(60);
        builder.Property(site => site.PoliceNumber).HasMaxLength(60);
        builder.Property(site => site.Phone).HasMaxLength(40);
        builder.Property(site => site.Email).HasMaxLength(100);
        builder.Property(site => site.Address).HasMaxLength(200);
        builder.Property(site => site.Accent).HasMaxLength(7);
        builder.Property(site => site.Emblem).HasMaxLength(100);
        builder.Property(site => site.ApprovalNumber).HasMaxLength(60);
        builder.Property(site => site.ApprovalAuthority).HasMaxLength(100);
        builder.Property(site => site.ExceptionNumber).HasMaxLength(60);
        builder.Property(site => site.Version).IsRowVersion();
        builder.HasOne<Site>().WithMany().HasForeignKey(site => site.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(site => site.OrganisationId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(site => site.Domains).WithOne().HasForeignKey(domain => domain.SiteId);
        builder.HasIndex(site => site.Key).IsUnique().HasDatabaseName(KeyIndex);
        builder.HasIndex(site => site.SiteCode).IsUnique().HasDatabaseName(CodeIndex);
        // S-15, G-02: one organisation keeps one site; a further one needs the number of its approval.
        builder.HasIndex(site => site.OrganisationId).IsUnique().HasDatabaseName(OneOfOrganisationIndex)
            .HasFilter("status <> 'Closed' and exception_number is null");
    }
}

internal sealed class SiteDomainConfiguration : IEntityTypeConfiguration<SiteDomain>
{
    public const string OnePrimaryIndex = "ux_site_domains_primary";

    public void Configure(EntityTypeBuilder<SiteDomain> builder)
    {
        builder.ToTable("site_domains");
        builder.HasKey(domain => domain.Name).HasName("pk_site_domains");
        builder.Property(domain => domain.Name).HasMaxLength(253);
        builder.HasIndex(domain => domain.SiteId).IsUnique().HasDatabaseName(OnePrimaryIndex)
            .HasFilter("is_primary");
        builder.HasIndex(domain => domain.SiteId, "ix_site_domains_site_id");
    }
}

internal sealed class SiteStatusChangeConfiguration : IEntityTypeConfiguration<SiteStatusChange>
{
    public void Configure(EntityTypeBuilder<SiteStatusChange> builder)
    {
        builder.ToTable("site_status_changes");
        builder.Property(change => change.From).HasConversion<string>().HasMaxLength(20);
        builder.Property(change => change.To).HasConversion<string>().HasMaxLength(20);
        builder.Property(change => change.DocumentNumber).HasMaxLength(60);
        builder.Property(change => change.Reason).HasMaxLength(500);
        builder.Property(change => change.ActorName).HasMaxLength(60);
        builder.HasOne<Site>().WithMany().HasForeignKey(change => change.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(change => new { change.SiteId, change.ChangedAt });
    }
}
