using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.Figures;

/// <summary>Figures of letters. Every letter adds to one row: that of its mailbox's site, its unit, its kind and the month it came.</summary>
internal abstract class LetterFigures
{
    public Guid SiteId { get; init; }

    /// <summary>The unit that answers; until there is one, the mailbox's own site.</summary>
    public Guid UnitSiteId { get; init; }

    public LetterKind Kind { get; init; }

    /// <summary>Its first day.</summary>
    public DateOnly Month { get; init; }

    public int Received { get; init; }

    public int Accepted { get; init; }

    public int NotAccepted { get; init; }

    /// <summary>Joined to another or taken back: nothing is owed for it.</summary>
    public int Dropped { get; init; }

    public int Answered { get; init; }

    public int OnTime { get; init; }

    /// <summary>Sum over the answered.</summary>
    public int Workdays { get; init; }

    public int Rated { get; init; }

    /// <summary>Rated with 4 or 5.</summary>
    public int Satisfied { get; init; }
}

/// <summary>The figures as last folded.</summary>
internal sealed class LetterCount : LetterFigures;

/// <summary>
/// What a step changed of the figures. Steps only add rows, so that letters to one mailbox never wait for each other at one
/// counted row; what was added is folded into <see cref="LetterCount"/> every minute, and read with it until then.
/// </summary>
internal sealed class LetterCountChange : LetterFigures
{
    public Guid Id { get; init; }

    /// <summary>What a letter adds, or, to take it back, its opposite.</summary>
    public static LetterCountChange Of(
        Guid siteId, Guid? unit, LetterKind kind, DateTimeOffset submittedAt, LetterState state, DateOnly? acceptedOn, DateOnly? repliedOn,
        bool? onTime, int? workdays, int? rating, int sign)
    {
        var day = BeijingTime.Date(submittedAt);
        return new LetterCountChange
        {
            Id = Guid.CreateVersion7(),
            SiteId = siteId,
            UnitSiteId = unit ?? siteId,
            Kind = kind,
            Month = new DateOnly(day.Year, day.Month, 1),
            Received = sign,
            Accepted = acceptedOn is null ? 0 : sign,
            NotAccepted = state == LetterState.NotAccepted ? sign : 0,
            Dropped = state is LetterState.Merged or LetterState.Withdrawn ? sign : 0,
            Answered = repliedOn is null ? 0 : sign,
            OnTime = onTime == true ? sign : 0,
            Workdays = (workdays ?? 0) * sign,
            Rated = rating is null ? 0 : sign,
            Satisfied = rating >= 4 ? sign : 0,
        };
    }

    /// <summary>Both at once, where they are of one row; null when nothing changed.</summary>
    public static IEnumerable<LetterCountChange> Between(LetterCountChange? before, LetterCountChange after)
    {
        if (before is null)
        {
            return [after];
        }

        if ((before.UnitSiteId, before.Kind, before.Month) != (after.UnitSiteId, after.Kind, after.Month))
        {
            return [before, after];
        }

        var change = new LetterCountChange
        {
            Id = after.Id,
            SiteId = after.SiteId,
            UnitSiteId = after.UnitSiteId,
            Kind = after.Kind,
            Month = after.Month,
            Accepted = after.Accepted + before.Accepted,
            NotAccepted = after.NotAccepted + before.NotAccepted,
            Dropped = after.Dropped + before.Dropped,
            Answered = after.Answered + before.Answered,
            OnTime = after.OnTime + before.OnTime,
            Workdays = after.Workdays + before.Workdays,
            Rated = after.Rated + before.Rated,
            Satisfied = after.Satisfied + before.Satisfied,
        };
        return change is { Accepted: 0, NotAccepted: 0, Dropped: 0, Answered: 0, OnTime: 0, Workdays: 0, Rated: 0, Satisfied: 0 } ? [] : [change];
    }
}

internal sealed class LetterCountConfiguration : IEntityTypeConfiguration<LetterCount>
{
    public void Configure(EntityTypeBuilder<LetterCount> builder)
    {
        builder.ToTable("letter_counts");
        builder.HasKey(row => new { row.SiteId, row.Month, row.UnitSiteId, row.Kind });
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
    }
}

internal sealed class LetterCountChangeConfiguration : IEntityTypeConfiguration<LetterCountChange>
{
    public void Configure(EntityTypeBuilder<LetterCountChange> builder)
    {
        builder.ToTable("letter_count_changes");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
    }
}
