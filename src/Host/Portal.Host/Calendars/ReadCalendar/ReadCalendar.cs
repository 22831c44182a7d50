using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Calendars.ReadCalendar;

/// <summary>A year of a region's calendar, and how it came about.</summary>
public sealed record ReadCalendar(string Region, int Year) : IRequest<Outcome<CalendarYear>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;
}

/// <summary>A year.</summary>
public sealed record CalendarYear(
    CalendarRegion Region, int Year, bool Published, string Version, int Workdays, IReadOnlyList<CalendarDay> Days,
    IReadOnlyList<VersionLine> History);

/// <summary>A version on record.</summary>
public sealed record VersionLine(
    int Number, IReadOnlyList<int> Years, string Title, string? DocumentNumber, DateOnly? NoticeOn,
    IReadOnlyList<string> Papers, string Reason, string By, DateTimeOffset At);

internal sealed class ReadCalendarHandler(HostDbContext db, CalendarScope scope, ICalendars calendars)
    : IRequestHandler<ReadCalendar, Outcome<CalendarYear>>
{
    private const int HistoryLines = 50;

    public async Task<Outcome<CalendarYear>> Handle(ReadCalendar request, CancellationToken cancellationToken)
    {
        var region = scope.Find(request.Region);
        if (!region.Succeeded)
        {
            return region.Failure;
        }

        if (request.Year is < ProposalRules.FirstYear or > ProposalRules.LastYear)
        {
            return Failure.NotFound;
        }

        var calendar = calendars.For(request.Region);
        var first = new DateOnly(request.Year, 1, 1);
        var history = await db.CalendarVersions.AsNoTracking()
            .Where(version => version.RegionCode == request.Region)
            .OrderByDescending(version => version.Number)
            .Take(HistoryLines)
            .ToListAsync(cancellationToken);
        return new CalendarYear(
            region.Value, request.Year, calendar.IsPublished(request.Year), calendar.Version,
            CalendarPreviews.WorkdaysOf(calendar, request.Year),
            [
                .. Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber)
                    .Select(day => calendar.Describe(first.AddDays(day))),
            ],
            [.. history.Select(version => new VersionLine(
                version.Number, version.Years, version.Title, version.DocumentNumber, version.NoticeOn, version.Papers,
                version.Reason, version.ActorName, version.PublishedAt))]);
    }
}

internal sealed class ReadCalendarEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/calendars/{region}/{year:int}", async (
            string region, int year, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ReadCalendar(region, year), cancellationToken);
            return outcome.Succeeded
                ? ReadCalendarPage.Render(outcome.Value, done is "published")
                : outcome.Failure.Page();
        });
}
