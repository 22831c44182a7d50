using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Calendars;

namespace Portal.Host.Calendars;

/// <summary>
/// One version of a region's calendar, whole in itself: every day that the region states. A later version takes its place
/// and nothing of it is ever changed (C-10).
/// </summary>
internal sealed class CalendarVersion
{
    public Guid Id { get; init; }

    /// <summary>行政区划代码 of a province, prefecture or county.</summary>
    public required string RegionCode { get; init; }

    /// <summary>Counted from one in each region.</summary>
    public required int Number { get; init; }

    /// <summary>The years whose notices it states, whether they come to any days or not.</summary>
    public required List<int> Years { get; init; }

    /// <summary>The notice that this version brought in.</summary>
    public required string Title { get; init; }

    /// <summary>文号 of the notice.</summary>
    public string? DocumentNumber { get; init; }

    public DateOnly? NoticeOn { get; init; }

    /// <summary>Addresses at which the notice can be read.</summary>
    public List<string> Papers { get; init; } = [];

    public required string Reason { get; init; }

    public required Guid ActorId { get; init; }

    public required string ActorName { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    public List<StatedDay> Days { get; init; } = [];

    /// <summary>The notices as the kernel reads them, oldest year first.</summary>
    public IEnumerable<CalendarNotice> Notices() => Years.Order().Select(year => new CalendarNotice(
        year, [], Runs(year, isOff: true), Runs(year, isOff: false))
    { IsWhole = Regions.IsProvince(RegionCode) });

    private List<CalendarRun> Runs(int year, bool isOff) =>
    [
        .. Days.Where(day => day.NoticeYear == year && day.IsOff == isOff)
            .Select(day => new CalendarRun(day.Name, day.Date, day.Date)),
    ];
}

/// <summary>A day as a notice states it.</summary>
internal sealed class StatedDay
{
    public Guid VersionId { get; init; }

    /// <summary>The year of the notice; the day itself may lie in the year before or after (C-09).</summary>
    public required int NoticeYear { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Off, or else worked.</summary>
    public required bool IsOff { get; init; }

    public required string Name { get; init; }
}

internal sealed class CalendarVersionConfiguration : IEntityTypeConfiguration<CalendarVersion>
{
    public const string NumberIndex = "ux_calendar_versions_region_number";

    public void Configure(EntityTypeBuilder<CalendarVersion> builder)
    {
        builder.ToTable("calendar_versions");
        builder.Property(version => version.RegionCode).HasMaxLength(6);
        builder.Property(version => version.Title).HasMaxLength(100);
        builder.Property(version => version.DocumentNumber).HasMaxLength(60);
        builder.Property(version => version.Reason).HasMaxLength(500);
        builder.Property(version => version.ActorName).HasMaxLength(60);
        builder.HasMany(version => version.Days).WithOne().HasForeignKey(day => day.VersionId)
            .OnDelete(DeleteBehavior.Restrict);
        // Two who publish on the same version: the second is refused.
        builder.HasIndex(version => new { version.RegionCode, version.Number }).IsUnique().HasDatabaseName(NumberIndex);
    }
}

internal sealed class StatedDayConfiguration : IEntityTypeConfiguration<StatedDay>
{
    public void Configure(EntityTypeBuilder<StatedDay> builder)
    {
        builder.ToTable("calendar_days");
        builder.HasKey(day => new { day.VersionId, day.NoticeYear, day.Date });
        builder.Property(day => day.Name).HasMaxLength(40);
    }
}
