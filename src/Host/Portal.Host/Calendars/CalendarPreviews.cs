using Microsoft.Extensions.Localization;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;

namespace Portal.Host.Calendars;

/// <summary>What a proposal would change, day by day.</summary>
public sealed record CalendarPreview
{
    public required CalendarRegion Region { get; init; }

    /// <summary>On the version that is in force now.</summary>
    public required CalendarProposal Proposal { get; init; }

    public required IReadOnlyList<DayChange> Changes { get; init; }

    /// <summary>Working days of the year as it is and as it would be.</summary>
    public required (int Before, int After) Workdays { get; init; }

    /// <summary>Does it bring the year's first notice in?</summary>
    public required bool FirstOfYear { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What others published since the proposal was made; null when nobody did.</summary>
    public IReadOnlyList<DayChange>? Others { get; init; }

    public string? Reason { get; init; }

    /// <summary>Would anything be another than it is?</summary>
    public bool ChangesAnything => FirstOfYear || Changes.Count > 0;
}

/// <summary>A day before and after.</summary>
public sealed record DayChange(CalendarDay Before, CalendarDay After);

/// <summary>Compares proposals with what is in force.</summary>
internal sealed class CalendarPreviews(
    CalendarReader reader, CalendarScope scope, IStringLocalizer<CalendarText> text, TimeProvider clock)
{
    /// <summary>What <paramref name="proposal"/> would change of what is in force now; refused when it breaks a rule.</summary>
    public async Task<Outcome<CalendarPreview>> OfAsync(CalendarProposal proposal, CancellationToken cancellationToken)
    {
        var region = scope.Find(proposal.Region);
        if (!region.Succeeded)
        {
            return region.Failure;
        }

        var days = ProposalRules.Check(proposal, ProposalRules.Today(clock), text);
        if (!days.Succeeded)
        {
            return days.Failure;
        }

        var chain = await reader.LatestAsync(Regions.Chain(proposal.Region), cancellationToken);
        var own = chain.Find(version => version.RegionCode == proposal.Region);
        var next = CalendarBook.Next(own, proposal, days.Value, "", Guid.Empty, "", clock.GetUtcNow());
        var (before, after) = (CalendarBook.Compose(chain), CalendarBook.Compose(With(chain, next)));
        var first = region.Value.IsProvince && !before.IsPublished(proposal.Year);
        return new CalendarPreview
        {
            Region = region.Value,
            Proposal = proposal with { BasedOn = own?.Number ?? 0 },
            Changes = Compare(before, after, proposal.Year),
            Workdays = (WorkdaysOf(before, proposal.Year), WorkdaysOf(after, proposal.Year)),
            FirstOfYear = first,
            Warnings = [.. Warnings(days.Value, after, region.Value, proposal.Year)],
            Others = proposal.BasedOn == (own?.Number ?? 0) ? null
                : Compare(await FormerAsync(chain, proposal, cancellationToken), before, proposal.Year),
        };
    }

    public static int WorkdaysOf(WorkingCalendar calendar, int year) =>
        calendar.CountWorkdays(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31));

    private async Task<WorkingCalendar> FormerAsync(
        List<CalendarVersion> chain, CalendarProposal proposal, CancellationToken cancellationToken) =>
        CalendarBook.Compose(With(
            chain, await reader.FindAsync(proposal.Region, proposal.BasedOn, cancellationToken), proposal.Region));

    private static IEnumerable<CalendarVersion> With(List<CalendarVersion> chain, CalendarVersion next) =>
        With(chain, next, next.RegionCode);

    // The chain with another version of one region, or without any.
    private static IEnumerable<CalendarVersion> With(List<CalendarVersion> chain, CalendarVersion? other, string region) =>
        chain.Where(version => version.RegionCode != region)
            .Concat(other is null ? [] : [other])
            .OrderBy(version => version.RegionCode, StringComparer.Ordinal);

    private static List<DayChange> Compare(WorkingCalendar before, WorkingCalendar after, int year)
    {
        List<DayChange> changes = [];
        for (var day = new DateOnly(year - 1, 1, 1); day.Year <= year + 1; day = day.AddDays(1))
        {
            var change = new DayChange(before.Describe(day), after.Describe(day));
            if (change.Before != change.After)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    private IEnumerable<string> Warnings(
        IReadOnlyList<StatedDay> days, WorkingCalendar after, CalendarRegion region, int year)
    {
        // Allowed: after a holiday was made longer, an ordinary day of it may be worked again (C-10).
        foreach (var day in days.Where(day => !day.IsOff && !IsWeekend(day.Date)))
        {
            yield return text["Warn.Weekday", Long(day.Date), day.Name];
        }

        if (!region.IsProvince)
        {
            yield break;
        }

        var law = new WorkingCalendar("", []);
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            // 放假办法 art. 2 leaves a notice no choice; only a day in exchange for one on a weekend may lie elsewhere.
            if (law.Describe(day) is { Kind: DayKind.Holiday } described && after.IsWorkday(day) && !IsWeekend(day))
            {
                yield return text["Warn.Law", Long(day), described.Name!];
            }
        }
    }

    private string Long(DateOnly day) =>
        text["Day.Long", day.Year, day.Month, day.Day, text["Week." + (int)day.DayOfWeek].Value];

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
