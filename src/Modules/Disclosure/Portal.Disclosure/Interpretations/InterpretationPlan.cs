using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Interpretations;

/// <summary>
/// A version of a policy's interpretation plan 解读方案: never changed, the newest holds. That a policy needs no
/// interpretation is a plan too, with its reason.
/// </summary>
internal sealed class InterpretationPlan
{
    /// <summary>解读形式, as the interpretations themselves name it.</summary>
    public static readonly IReadOnlyList<string> KnownForms = ["text", "chart", "interview", "expert"];

    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid DocumentId { get; init; }

    /// <summary>Its number within the document, from 1.</summary>
    public int Number { get; init; }

    /// <summary>False: staff say that the policy needs no interpretation.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>Why it needs none.</summary>
    public string? Reason { get; init; }

    public string[] Forms { get; init; } = [];

    /// <summary>解读提纲</summary>
    public string Outline { get; init; } = "";

    /// <summary>责任单位 (Q-04: 谁起草、谁解读)</summary>
    public string Unit { get; init; } = "";

    /// <summary>责任人</summary>
    public string Person { get; init; } = "";

    /// <summary>发布途径</summary>
    public string Channel { get; init; } = "";

    public DateTimeOffset? PlannedAt { get; init; }

    public Guid WrittenBy { get; init; }

    public required string WrittenByName { get; init; }

    public required string WrittenByUnit { get; init; }

    public DateTimeOffset WrittenAt { get; init; }
}

internal sealed class InterpretationPlanConfiguration : IEntityTypeConfiguration<InterpretationPlan>
{
    public const string OneNumber = "ux_interpretation_plans_number";

    public void Configure(EntityTypeBuilder<InterpretationPlan> builder)
    {
        builder.ToTable("interpretation_plans");
        builder.HasKey(plan => plan.Id);
        builder.Property(plan => plan.Reason).HasMaxLength(500);
        builder.Property(plan => plan.Outline).HasMaxLength(2000);
        builder.Property(plan => plan.Unit).HasMaxLength(100);
        builder.Property(plan => plan.Person).HasMaxLength(60);
        builder.Property(plan => plan.Channel).HasMaxLength(200);
        builder.Property(plan => plan.WrittenByName).HasMaxLength(60);
        builder.Property(plan => plan.WrittenByUnit).HasMaxLength(100);
        builder.HasIndex(plan => new { plan.DocumentId, plan.Number }).IsUnique().HasDatabaseName(OneNumber);
    }
}
