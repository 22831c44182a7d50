using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Calendars.ListCalendars;

/// <summary>The calendars that I keep, by region, and for which years a notice is out.</summary>
public sealed record ListCalendars : IRequest<Outcome<CalendarList>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;
}

/// <summary>A screen of calendars.</summary>
public sealed record CalendarList(IReadOnlyList<int> Years, IReadOnlyList<CalendarLine> Lines);

/// <summary>One region: its own version, if it has one, and the state of each year.</summary>
public sealed record CalendarLine(
    CalendarRegion Region, int Number, string? Title, DateTimeOffset? PublishedAt, string? By, IReadOnlyList<bool> Published);

internal sealed class ListCalendarsHandler(
    HostDbContext db, CalendarScope scope, ICalendars calendars, TimeProvider clock)
    : IRequestHandler<ListCalendars, Outcome<CalendarList>>
{
    public async Task<Outcome<CalendarList>> Handle(ListCalendars request, CancellationToken cancellationToken)
    {
        var mine = scope.Mine;
        var codes = mine.Select(region => region.Code).ToList();
        var latest = await db.CalendarVersions.AsNoTracking()
            .Where(version => codes.Contains(version.RegionCode)
                && !db.CalendarVersions.Any(later =>
                    later.RegionCode == version.RegionCode && later.Number > version.Number))
            .ToDictionaryAsync(version => version.RegionCode, cancellationToken);
        var year = ProposalRules.Today(clock).Year;
        List<int> years = [year - 1, year, year + 1];
        return new CalendarList(years, [.. mine.Select(region =>
        {
            var own = latest.GetValueOrDefault(region.Code);
            var calendar = calendars.For(region.Code);
            return new CalendarLine(
                region, own?.Number ?? 0, own?.Title, own?.PublishedAt, own?.ActorName, [.. years.Select(calendar.IsPublished)]);
        })]);
    }
}

internal sealed class ListCalendarsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/calendars", async (ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ListCalendars(), cancellationToken);
            return outcome.Succeeded ? ListCalendarsPage.Render(outcome.Value) : outcome.Failure.Page();
        });
}
