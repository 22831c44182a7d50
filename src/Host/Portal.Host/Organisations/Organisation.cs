using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Host.Organisations;

/// <summary>What an organisation is in the tree 省 → 市(州) → 县(市、区) → 部门/乡镇.</summary>
public enum OrganisationKind
{
    Province,
    Prefecture,
    County,
    Department,
    Township,
}

internal sealed class Organisation
{
    public Guid Id { get; init; }

    /// <summary>Short key for imports and commands; never shown to the public.</summary>
    public required string Key { get; init; }

    public Guid? ParentId { get; set; }

    public required OrganisationKind Kind { get; set; }

    public required string Name { get; set; }

    public required string ShortName { get; set; }

    /// <summary>行政区划代码, six digits.</summary>
    public required string RegionCode { get; set; }

    /// <summary>统一社会信用代码, 18 characters (GB 32100).</summary>
    public string? CreditCode { get; set; }

    public string? Address { get; set; }

    public string? Phone { get; set; }

    public uint Version { get; private set; }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public const string KeyIndex = "ux_organisations_key";
    public const string CreditCodeIndex = "ux_organisations_credit_code";
    public const string NameIndex = "ux_organisations_name";

    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(organisation => organisation.Key).HasMaxLength(40);
        builder.Property(organisation => organisation.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(organisation => organisation.Name).HasMaxLength(100);
        builder.Property(organisation => organisation.ShortName).HasMaxLength(50);
        builder.Property(organisation => organisation.RegionCode).HasMaxLength(6);
        builder.Property(organisation => organisation.CreditCode).HasMaxLength(18);
        builder.Property(organisation => organisation.Address).HasMaxLength(200);
        builder.Property(organisation => organisation.Phone).HasMaxLength(40);
        builder.Property(organisation => organisation.Version).IsRowVersion();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(organisation => organisation.ParentId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(organisation => organisation.Key).IsUnique().HasDatabaseName(KeyIndex);
        builder.HasIndex(organisation => organisation.Name).IsUnique().HasDatabaseName(NameIndex);
        builder.HasIndex(organisation => organisation.CreditCode).IsUnique().HasDatabaseName(CreditCodeIndex);
    }
}
