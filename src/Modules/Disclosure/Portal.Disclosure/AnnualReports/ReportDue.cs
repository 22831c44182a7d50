using System.Globalization;
using System.Text.Json;
using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports;

/// <summary>How a report stands to its date.</summary>
public enum ReportTiming
{
    /// <summary>Not published, and the date has passed.</summary>
    Late,

    /// <summary>Not published, and the date is near.</summary>
    Near,

    /// <summary>Not published; there is time.</summary>
    Running,

    /// <summary>Published after the date.</summary>
    DoneLate,

    /// <summary>Published by the date.</summary>
    Done,
}

/// <summary>The dates from a year on.</summary>
internal sealed record DueDates(
    string Version, int ValidFromYear, string Source, IReadOnlyList<string> Governments, string GovernmentsBy, string OthersBy,
    int NearDays);

/// <summary>
/// By when a year's report has to be public: a day of the calendar, not a period, so that no holiday moves it.
/// </summary>
internal static class ReportDue
{
    private static readonly IReadOnlyList<DueDates> Versions = Read();

    /// <summary>The last day for the report of <paramref name="year"/>.</summary>
    public static DateOnly Of(SiteInfo site, int year)
    {
        var dates = On(year);
        var isGovernment = site.Kind == SiteKind.Portal
            && dates.Governments.Contains(site.OrganisationKind, StringComparer.OrdinalIgnoreCase);
        return DateOnly.ParseExact(
            FormattableString.Invariant($"{year + 1}-{(isGovernment ? dates.GovernmentsBy : dates.OthersBy)}"),
            "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public static ReportTiming TimingOf(DateOnly due, int year, DateOnly? publishedOn, DateOnly today) =>
        publishedOn is { } done ? done > due ? ReportTiming.DoneLate : ReportTiming.Done
        : today > due ? ReportTiming.Late
        : today >= due.AddDays(-On(year).NearDays) ? ReportTiming.Near
        : ReportTiming.Running;

    private static DueDates On(int year) =>
        Versions.Where(version => version.ValidFromYear <= year).MaxBy(version => version.ValidFromYear) ?? Versions[0];

    private static IReadOnlyList<DueDates> Read()
    {
        using var file = typeof(ReportDue).Assembly
            .GetManifestResourceStream("Portal.Disclosure.AnnualReports.Form.due-dates.json")!;
        return JsonSerializer.Deserialize<DueFile>(file, JsonSerializerOptions.Web)!.Versions;
    }

    private sealed record DueFile(IReadOnlyList<DueDates> Versions);
}
