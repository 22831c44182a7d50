using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Host.Calendars;

/// <summary>Reminds whoever keeps the province's calendar of a year without a notice (C-11).</summary>
internal sealed class CalendarCards(
    CalendarScope scope, ICalendars calendars, ISettings settings, TimeProvider clock, IStringLocalizer<CalendarText> text)
    : ITodayCards
{
    public int Order => 5;

    public Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var today = ProposalRules.Today(clock);
        List<TodayLine> lines = [];
        foreach (var region in scope.MineOf(actor).Where(region => region.IsProvince))
        {
            var reminds = today.Month >= settings.For<CalendarSettings>(region.SiteId).RemindFromMonth;
            lines.AddRange(
                from year in (int[])(reminds ? [today.Year, today.Year + 1] : [today.Year])
                where !calendars.For(region.Code).IsPublished(year)
                select new TodayLine(
                    text["Today.Line", year], $"/console/calendars/{region.Code}/import", text["Today.Note"]));
        }

        return Task.FromResult<IReadOnlyList<TodayCard>>(
            lines.Count == 0 ? [] : [new TodayCard(text["Today.Title"], lines, "/console/calendars", "")]);
    }
}
