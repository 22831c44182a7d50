using Portal.Shared.Calendars;

namespace Portal.Host.Calendars;

/// <summary>Puts the calendar of a region together from what is published for it and above it.</summary>
internal static class CalendarBook
{
    /// <summary>Names the calendar where no region has published anything.</summary>
    public const string BuiltIn = "CN-0";

    /// <summary>The State Council's notices that come with the product.</summary>
    public static IReadOnlyList<CalendarNotice> National { get; } = CalendarNotice.National();

    /// <summary>
    /// A year that a province states takes the place of the nation's; what is below the province adds single days, the
    /// nearest region last (C-12).
    /// </summary>
    /// <param name="chain">The versions in force, the province's first.</param>
    public static WorkingCalendar Compose(IEnumerable<CalendarVersion> chain)
    {
        List<CalendarNotice> whole = [.. National];
        List<CalendarNotice> local = [];
        List<string> names = [];
        foreach (var version in chain)
        {
            names.Add($"{version.RegionCode}-{version.Number}");
            if (Regions.IsProvince(version.RegionCode))
            {
                whole.RemoveAll(notice => version.Years.Contains(notice.Year));
                whole.AddRange(version.Notices());
            }
            else
            {
                local.AddRange(version.Notices());
            }
        }

        // By year: the notice of a year may settle the last days of the year before (C-09).
        return new WorkingCalendar(
            names.Count == 0 ? BuiltIn : string.Join('+', names), [.. whole.OrderBy(notice => notice.Year), .. local]);
    }

    /// <summary>The days that a region itself states for a year, before anybody changes them.</summary>
    public static IEnumerable<StatedDay> DaysOf(CalendarVersion? own, string region, int year) =>
        own?.Years.Contains(year) == true ? own.Days.Where(day => day.NoticeYear == year).OrderBy(day => day.Date)
        : Regions.IsProvince(region) ? National.Where(notice => notice.Year == year).SelectMany(Days).OrderBy(day => day.Date)
        : [];

    /// <summary>The next version of a region: the days of one year are replaced, those of all others stay.</summary>
    public static CalendarVersion Next(
        CalendarVersion? own, CalendarProposal proposal, IEnumerable<StatedDay> days, string reason, Guid actorId,
        string actorName, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            RegionCode = proposal.Region,
            Number = (own?.Number ?? 0) + 1,
            Years = [.. (own?.Years ?? []).Append(proposal.Year).Distinct().Order()],
            Title = proposal.Title?.Trim() ?? "",
            DocumentNumber = string.IsNullOrWhiteSpace(proposal.DocumentNumber) ? null : proposal.DocumentNumber.Trim(),
            NoticeOn = proposal.NoticeOn,
            Papers = [.. proposal.Papers],
            Reason = reason,
            ActorId = actorId,
            ActorName = actorName,
            PublishedAt = now,
            Days =
            [
                .. (own?.Days ?? []).Where(day => day.NoticeYear != proposal.Year).Concat(days).Select(day => new StatedDay
                {
                    NoticeYear = day.NoticeYear,
                    Date = day.Date,
                    IsOff = day.IsOff,
                    Name = day.Name,
                }),
            ],
        };

    private static IEnumerable<StatedDay> Days(CalendarNotice notice) =>
        notice.Off.SelectMany(run => Days(notice.Year, run, isOff: true))
            .Concat(notice.Work.SelectMany(run => Days(notice.Year, run, isOff: false)));

    private static IEnumerable<StatedDay> Days(int year, CalendarRun run, bool isOff)
    {
        for (var day = run.From; day <= run.To; day = day.AddDays(1))
        {
            yield return new StatedDay { NoticeYear = year, Date = day, IsOff = isOff, Name = run.Name };
        }
    }
}
