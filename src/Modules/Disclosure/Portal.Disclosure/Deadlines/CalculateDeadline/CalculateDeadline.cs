using System.Globalization;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Deadlines.CalculateDeadline;

/// <summary>When something is due: a named time limit or a number of working days, from a day, in a region.</summary>
public sealed record CalculateDeadline : IRequest<Outcome<CalculatedDeadline>>, IPublicRequest
{
    /// <summary>The choice of a number of working days instead of a named limit.</summary>
    public const string Free = "free";

    /// <summary>Code of a named limit, or <see cref="Free"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>How many working days; for <see cref="Free"/> only.</summary>
    public string? Days { get; init; }

    /// <summary>The day from which it runs, <c>YYYY-MM-DD</c>.</summary>
    public string? Start { get; init; }

    /// <summary>The time of that day, <c>HH:MM</c>; for limits in hours only.</summary>
    public string? Time { get; init; }

    /// <summary>行政区划代码; the site's own when it is empty.</summary>
    public string? Region { get; init; }
}

/// <summary>The answer.</summary>
/// <param name="Rule">The named limit; null for a number of working days.</param>
/// <param name="Unit">What was counted.</param>
/// <param name="Amount">How many of them.</param>
/// <param name="Region">The region whose calendar was used.</param>
/// <param name="Start">The day from which it runs.</param>
/// <param name="Reading">What the clock says.</param>
/// <param name="Days">Each day and whether it counts; empty for hours.</param>
/// <param name="Calendar">The version of the calendar.</param>
/// <param name="Missing">Years it reaches whose notice is not out.</param>
public sealed record CalculatedDeadline(
    DeadlineRule? Rule,
    ClockUnit Unit,
    int Amount,
    DeadlineRegion Region,
    DateOnly Start,
    ClockReading Reading,
    IReadOnlyList<ClockDay> Days,
    string Calendar,
    IReadOnlyList<int> Missing);

/// <summary>A region that may be chosen.</summary>
public sealed record DeadlineRegion(string Code, string Name);

internal sealed class CalculateDeadlineHandler(
    ICalendars calendars, ISites sites, ICurrentSite current, IStringLocalizer<DeadlineText> text)
    : IRequestHandler<CalculateDeadline, Outcome<CalculatedDeadline>>
{
    public const int MostDays = 500;
    private static readonly DateOnly First = new(2015, 1, 1);
    private static readonly DateOnly Last = new(2090, 12, 31);

    public Task<Outcome<CalculatedDeadline>> Handle(CalculateDeadline request, CancellationToken cancellationToken) =>
        Task.FromResult(Calculate(request));

    /// <summary>The regions that may be chosen; that of the site is among them.</summary>
    public static IReadOnlyList<DeadlineRegion> RegionsOf(ISites sites, SiteInfo site) =>
    [
        .. sites.All.Where(one => one.IsOpen).OfRegions()
            .Select(one => new DeadlineRegion(one.RegionCode, one.OrganisationName))
            .Append(new DeadlineRegion(site.RegionCode, site.OrganisationName))
            .DistinctBy(region => region.Code),
    ];

    private Outcome<CalculatedDeadline> Calculate(CalculateDeadline request)
    {
        List<FieldError> errors = [];
        var isDay = DateOnly.TryParseExact(
            request.Start?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start);
        var rule = DeadlineRules.Find(request.Rule, isDay ? start : Last);
        if (rule is null && request.Rule != CalculateDeadline.Free)
        {
            errors.Add(new("Rule", text["Rule.Missing"]));
        }

        var amount = rule?.Amount ?? 0;
        if (request.Rule == CalculateDeadline.Free
            && (!int.TryParse(request.Days?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out amount)
                || amount is < 1 or > MostDays))
        {
            errors.Add(new("Days", text["Days.Range", MostDays]));
        }

        if (!isDay || start < First || start > Last)
        {
            errors.Add(new("Start", text["Start.Form", First.Year, Last.Year]));
        }
        else if (rule is not null && start < rule.From)
        {
            // The rule was not in force: whatever was counted by it would be wrong.
            errors.Add(new("Start", text["Start.Before", rule.Name, rule.From.Year, rule.From.Month, rule.From.Day, rule.Source]));
        }

        var time = TimeOnly.MinValue;
        if (rule?.Unit == ClockUnit.Hours
            && !TimeOnly.TryParseExact(
                request.Time?.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            errors.Add(new("Time", text["Time.Form"]));
        }

        var regions = RegionsOf(sites, current.Site!);
        var code = string.IsNullOrWhiteSpace(request.Region) ? current.Site!.RegionCode : request.Region.Trim();
        var region = regions.FirstOrDefault(one => one.Code == code);
        if (region is null)
        {
            errors.Add(new("Region", text["Region.Unknown"]));
        }

        return errors.Count > 0
            ? new Failure(FailureKind.Invalid, errors)
            : Read(rule, new ClockRule(rule?.Unit ?? ClockUnit.Workdays, amount), region!, start, time);
    }

    private CalculatedDeadline Read(
        DeadlineRule? rule, ClockRule clock, DeadlineRegion region, DateOnly start, TimeOnly time)
    {
        var calendar = calendars.For(region.Code);
        var reading = DeadlineClock.Read(
            clock, [new ClockStarted(BeijingTime.StartOf(start) + time.ToTimeSpan())], calendar);
        var due = reading.DueOn!.Value;
        return new CalculatedDeadline(
            rule, clock.Unit, clock.Amount, region, start, reading, DeadlineClock.Explain(reading, calendar, due),
            calendar.Version,
            clock.Unit == ClockUnit.Hours ? []
                : [.. Enumerable.Range(start.Year, due.Year - start.Year + 1).Where(year => !calendar.IsPublished(year))]);
    }
}
