using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Host.Calendars;

/// <summary>What somebody wants a region to state for a year, as typed or imported; forms carry it from step to step.</summary>
public sealed record CalendarProposal
{
    public required string Region { get; init; }

    public int Year { get; init; }

    /// <summary>The number of the version it was made on; zero when there was none.</summary>
    public int BasedOn { get; init; }

    public string? Title { get; init; }

    public string? DocumentNumber { get; init; }

    public DateOnly? NoticeOn { get; init; }

    public IReadOnlyList<string> Papers { get; init; } = [];

    public IReadOnlyList<ProposedDay> Days { get; init; } = [];

    /// <summary>Reads the fields of a form; a line without a date is an empty line.</summary>
    public static CalendarProposal Of(string region, int? year, IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var (dates, kinds, names) = (form["Date"], form["Kind"], form["Name"]);
        return new CalendarProposal
        {
            Region = region,
            Year = year ?? Number(form["Year"]),
            BasedOn = Number(form["BasedOn"]),
            Title = form["Title"],
            DocumentNumber = form["DocumentNumber"],
            NoticeOn = Day(form["NoticeOn"]),
            Papers = [.. form["Papers"].OfType<string>().Where(paper => paper.Length > 0)],
            Days =
            [
                .. Enumerable.Range(0, dates.Count)
                    .Select(i => new ProposedDay(
                        dates[i]?.Trim() ?? "",
                        i < kinds.Count ? kinds[i] ?? "" : "",
                        i < names.Count ? names[i]?.Trim() ?? "" : ""))
                    .Where(day => day.Date.Length > 0 && day.Kind != ProposedDay.Dropped),
            ],
        };
    }

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>A line of a proposal, as typed.</summary>
public sealed record ProposedDay(string Date, string Kind, string Name)
{
    public const string Off = "off";
    public const string Work = "work";

    /// <summary>The line is taken out.</summary>
    public const string Dropped = "none";
}

/// <summary>Rules of a proposal.</summary>
internal static class ProposalRules
{
    public const int FirstYear = 2015;
    public const int LastYear = 2098;
    public const int MostDays = 200;
    private const int MostPapers = 10;

    /// <summary>The days that it states, or what is wrong with it.</summary>
    public static Outcome<IReadOnlyList<StatedDay>> Check(
        CalendarProposal proposal, DateOnly today, IStringLocalizer<CalendarText> text)
    {
        List<FieldError> errors = [];
        if (proposal.Year is < FirstYear or > LastYear)
        {
            errors.Add(new("Year", text["Year.Range", FirstYear, LastYear]));
            return new Failure(FailureKind.Invalid, errors);
        }

        if (string.IsNullOrWhiteSpace(proposal.Title) || proposal.Title.Length > 100)
        {
            errors.Add(new("Title", text["Title.Missing"]));
        }

        if (proposal.DocumentNumber is { Length: > 60 })
        {
            errors.Add(new("DocumentNumber", text["Number.Long"]));
        }

        if (proposal.NoticeOn > today)
        {
            errors.Add(new("NoticeOn", text["NoticeOn.Future"]));
        }

        if (proposal.Papers.Count > MostPapers || proposal.Papers.Any(paper => !IsPaper(paper)))
        {
            errors.Add(new("Papers", text["Papers.Form"]));
        }

        var days = DaysOf(proposal, errors, text);
        return errors.Count > 0 ? new Failure(FailureKind.Invalid, errors) : days;
    }

    private static List<StatedDay> DaysOf(
        CalendarProposal proposal, List<FieldError> errors, IStringLocalizer<CalendarText> text)
    {
        if (proposal.Days.Count > MostDays)
        {
            errors.Add(new("Days", text["Days.Many", MostDays]));
            return [];
        }

        if (proposal.Days.Count == 0 && Regions.IsProvince(proposal.Region))
        {
            errors.Add(new("Days", text["Days.None"]));
        }

        var days = new Dictionary<DateOnly, StatedDay>();
        foreach (var line in proposal.Days)
        {
            if (CalendarProposal.Day(line.Date) is not { } date)
            {
                errors.Add(new("Days", text["Days.Date", Short(line.Date)]));
            }
            else if (Math.Abs(date.Year - proposal.Year) > 1)
            {
                // A notice may settle days of the years beside its own, no others (C-09).
                errors.Add(new("Days", text["Days.Year", line.Date, proposal.Year]));
            }
            else if (line.Kind is not (ProposedDay.Off or ProposedDay.Work))
            {
                errors.Add(new("Days", text["Days.Kind", line.Date]));
            }
            else if (line.Name.Length is 0 or > 40)
            {
                errors.Add(new("Days", text["Days.Name", line.Date]));
            }
            else if (!days.TryAdd(date, new StatedDay
            {
                NoticeYear = proposal.Year,
                Date = date,
                IsOff = line.Kind == ProposedDay.Off,
                Name = line.Name,
            }))
            {
                errors.Add(new("Days", text["Days.Twice", line.Date]));
            }
        }

        return [.. days.Values.OrderBy(day => day.Date)];
    }

    private static bool IsPaper(string paper) =>
        paper.Length <= 300 && Uri.TryCreate(paper, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private static string Short(string text) => text.Length <= 20 ? text : text[..20] + "…";

    /// <summary>Today in Beijing.</summary>
    public static DateOnly Today(TimeProvider clock) => BeijingTime.Date(clock.GetUtcNow());
}
