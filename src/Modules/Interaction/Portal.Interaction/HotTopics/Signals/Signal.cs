using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>Where a signal comes from.</summary>
public enum SignalSource
{
    /// <summary>A table of another watch, by hand.</summary>
    Import,

    /// <summary>A feed of news.</summary>
    Feed,

    /// <summary>Many letters and reports about one thing.</summary>
    Surge,

    /// <summary>Searches that found nothing.</summary>
    Search,
}

/// <summary>What became of a signal.</summary>
public enum SignalState
{
    /// <summary>待研判</summary>
    Open,

    /// <summary>已立题: a topic of the register was opened for it.</summary>
    Opened,

    /// <summary>已并入: it belongs to a topic that was there.</summary>
    Joined,

    /// <summary>不予跟踪, with the reason.</summary>
    Dismissed,
}

/// <summary>A span of the baseline.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Voices">How many wrote of it.</param>
/// <param name="Total">How many wrote at all.</param>
public sealed record SignalWeek(DateOnly From, int Voices, int Total);

/// <summary>Why a signal was raised: figures and numbers of letters, nothing that anybody wrote.</summary>
public sealed record SignalEvidence
{
    /// <summary>The days that were looked at.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Writers, searches or mentions.</summary>
    public int? Count { get; init; }

    /// <summary>Of all who wrote in these days.</summary>
    public int? Total { get; init; }

    /// <summary>How many were to be expected, and the chance of as many.</summary>
    public double? Expected { get; init; }

    public double? Chance { get; init; }

    /// <summary>On how many days it was searched for.</summary>
    public int? Days { get; init; }

    /// <summary>The spans before, the latest first.</summary>
    public IReadOnlyList<SignalWeek> Weeks { get; init; } = [];

    /// <summary>Further phrases of the same letters.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Numbers of letters and error reports; who may not open them learns nothing.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>How many there are when not all are named.</summary>
    public int? ReferenceCount { get; init; }

    /// <summary>The rule by its day, and the version of the stop phrases.</summary>
    public string? Rule { get; init; }

    /// <summary>Who says so: the medium or the watch.</summary>
    public string? Origin { get; init; }

    /// <summary>A few words on it, personal data masked.</summary>
    public string? Summary { get; init; }

    /// <summary>Where it can be read.</summary>
    public string? Link { get; init; }
}

/// <summary>Something that the public may be concerned with, before anybody has judged it.</summary>
internal sealed class Signal
{
    public const int LongestTitle = 100;

    public Guid Id { get; init; }

    /// <summary>Whose it is to judge; for a region, the portal of its government.</summary>
    public Guid SiteId { get; init; }

    public SignalSource Source { get; init; }

    /// <summary>What it is about: a phrase or a headline, personal data masked.</summary>
    public required string Title { get; init; }

    public DateTimeOffset NoticedAt { get; init; }

    /// <summary>When it was noticed last: a surge goes on.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public required SignalEvidence Evidence { get; set; }

    /// <summary>The same thing noticed twice has the same; unique with the site.</summary>
    public required string Fingerprint { get; init; }

    public SignalState State { get; set; }

    /// <summary>The topic that it became or joined.</summary>
    public Guid? TopicId { get; set; }

    public int Version { get; set; }
}

/// <summary>What somebody made of a signal; only ever added.</summary>
internal sealed class SignalJudgement
{
    public Guid Id { get; init; }

    public Guid SignalId { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>What it became.</summary>
    public SignalState Verdict { get; init; }

    public Guid? TopicId { get; init; }

    /// <summary>The topic's title then.</summary>
    public string? TopicTitle { get; init; }

    /// <summary>Why; numbers of persons masked.</summary>
    public required string Reason { get; init; }
}

internal sealed class SignalConfiguration : IEntityTypeConfiguration<Signal>
{
    public const string Once = "ux_signals_fingerprint";

    public void Configure(EntityTypeBuilder<Signal> builder)
    {
        builder.ToTable("signals", table => table.HasCheckConstraint(
            "ck_signals_topic", "(state in ('Opened', 'Joined')) = (topic_id is not null)"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Source).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Title).HasMaxLength(Signal.LongestTitle);
        builder.Property(row => row.Evidence).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SignalEvidence>(), JsonColumn.Comparer<SignalEvidence>());
        builder.Property(row => row.Fingerprint).HasMaxLength(64);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.SiteId, row.Fingerprint }).IsUnique().HasDatabaseName(Once);
        builder.HasIndex(row => new { row.NoticedAt, row.Id }).HasDatabaseName("ix_signals_newest");
        builder.HasIndex(row => new { row.SiteId, row.NoticedAt, row.Id }).HasDatabaseName("ix_signals_site");
        builder.HasIndex(row => new { row.SiteId, row.NoticedAt })
            .HasDatabaseName("ix_signals_open").HasFilter("state = 'Open'");
        builder.HasIndex(row => new { row.SiteId, row.SeenAt })
            .HasDatabaseName("ix_signals_surge").HasFilter("source = 'Surge'");
        builder.HasIndex(row => row.TopicId).HasDatabaseName("ix_signals_topic").HasFilter("topic_id is not null");
    }
}

internal sealed class SignalJudgementConfiguration : IEntityTypeConfiguration<SignalJudgement>
{
    public void Configure(EntityTypeBuilder<SignalJudgement> builder)
    {
        builder.ToTable("signal_judgements");
        builder.HasKey(row => row.Id);
        builder.HasOne<Signal>().WithMany().HasForeignKey(row => row.SignalId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.Property(row => row.ActorUnit).HasMaxLength(100);
        builder.Property(row => row.Verdict).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.TopicTitle).HasMaxLength(200);
        builder.Property(row => row.Reason).HasMaxLength(1000);
        builder.HasIndex(row => new { row.SignalId, row.At }).HasDatabaseName("ix_signal_judgements_signal");
    }
}
