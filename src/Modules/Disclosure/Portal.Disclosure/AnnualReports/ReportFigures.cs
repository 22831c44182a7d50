using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Requests;

namespace Portal.Disclosure.AnnualReports;

/// <summary>Fills a report from the platform's own records.</summary>
internal sealed class ReportFigures(DisclosureDbContext db, DirectoryData directory, RequestCounts requests)
{
    /// <summary>What the records give, by place; places that are typed are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, ReportCell>> ComputeAsync(
        ReportForm form, Guid siteId, Guid organisationId, int year, CancellationToken cancellationToken)
    {
        var table = await requests.TableAsync(organisationId, year, cancellationToken);
        var entries = await EntriesAsync(siteId, organisationId, year, cancellationToken);
        var previous = await PreviousAsync(siteId, year, cancellationToken);
        Dictionary<string, ReportCell> cells = new(StringComparer.Ordinal);
        foreach (var place in form.Places.Where(place => !place.IsDerived))
        {
            // The carry-over is bound to what was published (AR30), whatever the records say today.
            var cell = place.Row.Previous is { } row && previous?[$"{place.Table.Code}-{row}-{place.Column.Code}"] is { } carried
                ? new ReportCell(carried) { Computed = carried, Source = FigureSource.Previous }
                : place.Block.Fill switch
                {
                    FigureSource.Requests when place.Column.From is { } kind =>
                        Of(table.At(place.Row.Code, kind), FigureSource.Requests, table.Cells.Count > 0),
                    FigureSource.Directory => Of(
                        entries.GetValueOrDefault((place.Row.Code, place.Column.Code)), FigureSource.Directory, entries.Count > 0),
                    _ => null,
                };
            if (cell is not null)
            {
                cells[place.Key] = cell;
            }
        }

        return cells;
    }

    /// <summary>The numbers of last year's report of the site; null where none is published here.</summary>
    public async Task<Figures?> PreviousAsync(Guid siteId, int year, CancellationToken cancellationToken) =>
        (await (
            from report in db.AnnualReports.AsNoTracking()
            join submission in db.ReportSubmissions.AsNoTracking() on report.PublishedId equals submission.Id
            where report.SiteId == siteId && report.Year == year - 1
            select submission.Content).SingleOrDefaultAsync(cancellationToken))?.Figures();

    /// <summary>What applicants paid in the year (FEE109): the day of payment decides.</summary>
    public async Task<ReportFees> FeesAsync(Guid organisationId, int year, CancellationToken cancellationToken)
    {
        var (first, last) = YearOf(year);
        var paid = await (
            from payment in db.RequestEvents.AsNoTracking()
            join request in db.Requests on payment.RequestId equals request.Id
            where request.OrganisationId == organisationId && payment.Trigger == RequestTrigger.Pay
                && payment.Day >= first && payment.Day <= last
            select request.Id).Distinct().ToListAsync(cancellationToken);
        var granted = await db.RequestEvents.AsNoTracking()
            .Where(row => paid.Contains(row.RequestId) && row.Trigger == RequestTrigger.GrantFee)
            .Select(row => new { row.RequestId, row.Facts }).ToListAsync(cancellationToken);
        return new ReportFees(
            paid.Count,
            granted.Sum(row => decimal.Parse(row.Facts.GetValueOrDefault("yuan", "0"), CultureInfo.InvariantCulture)));
    }

    // Where the records begin after the year they say nothing: a zero is proposed, and staff type what was.
    private static ReportCell Of(int count, FigureSource source, bool known) =>
        known ? new ReportCell(count) { Computed = count, Source = source } : new ReportCell(0m);

    private static (DateOnly First, DateOnly Last) YearOf(int year) => (new(year, 1, 1), new(year, 12, 31));

    private async Task<Dictionary<(string Row, string Column), int>> EntriesAsync(
        Guid siteId, Guid organisationId, int year, CancellationToken cancellationToken)
    {
        var rows = await directory.LookUpAsync(
            Entries(siteId, organisationId, year),
            row => (Kind: row.GetString(0), Made: (int)row.GetInt64(1), Ended: (int)row.GetInt64(2), InForce: (int)row.GetInt64(3)),
            cancellationToken);
        Dictionary<(string, string), int> counts = [];
        foreach (var row in rows)
        {
            counts[(row.Kind, "made")] = row.Made;
            counts[(row.Kind, "repealed")] = row.Ended;
            counts[(row.Kind, "inForce")] = row.InForce;
        }

        return counts;
    }

    // 第二十条第（一）项, of the organisation's own listed entries: made, by the day they were written; ended, by the day of repeal or
    // expiry; in force at the end of the year: written by then, in effect by then and not ended by then. What is said to have ended
    // without saying when counts neither as ended this year nor as in force. Days in the metadata are ISO texts and compare as such.
    private static SqlText Entries(Guid siteId, Guid organisationId, int year)
    {
        var (first, last) = YearOf(year);
        var sql = new SqlText();
        var (site, organisation, from, to) = (sql.Value(siteId), sql.Value(organisationId), sql.Value(first), sql.Value(last));
        var (fromText, toText) = (sql.Value(Iso(first)), sql.Value(Iso(last)));
        sql.Text =
            $"""
            with own as (
              select metadata->>'kind' as kind, written_on, validity,
                metadata->>'repealedOn' as ended_on, coalesce(metadata->>'effectiveOn', written_on::text) as effective_on,
                metadata->>'effectiveOn' is not null as has_effective_on
              from disclosure.directory_entries
              where site_id = {site} and organisation_id = {organisation} and state = 'Listed'
                and metadata->>'kind' in ('regulation', 'normative') and written_on is not null)
            select kind,
              count(*) filter (where written_on between {from} and {to}),
              count(*) filter (where validity in ('repealed', 'expired') and ended_on between {fromText} and {toText}),
              count(*) filter (where written_on <= {to} and effective_on <= {toText}
                and case when validity in ('repealed', 'expired') then ended_on > {toText}
                         when validity = 'pending' then has_effective_on
                         else true end)
            from own group by kind
            """;
        return sql;
    }

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
