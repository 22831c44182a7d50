using Microsoft.EntityFrameworkCore;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>Table 3 of the annual report of an organisation: rows by code, columns by kind of applicant.</summary>
/// <param name="Cells">Rows 1, 2, each closing row, 3.7 and 4; a missing cell is zero.</param>
internal sealed record RequestTable(IReadOnlyDictionary<(string Row, ApplicantKind Kind), int> Cells)
{
    public int At(string row, ApplicantKind kind) => Cells.GetValueOrDefault((row, kind));

    public int Total(string row) => Enum.GetValues<ApplicantKind>().Sum(kind => At(row, kind));
}

/// <summary>Counts requests for the annual report: what is counted follows from the steps alone.</summary>
internal sealed class RequestCounts(DisclosureDbContext db)
{
    public const string New = "1";
    public const string CarriedOver = "2";
    public const string Closed = "3.7";
    public const string Carried = "4";

    /// <summary>
    /// The table of a year. A request counts from the day it was received; in every column 1 + 2 = 3.7 + 4, because what was
    /// received is either closed by the end of the year or carried on.
    /// </summary>
    public async Task<RequestTable> TableAsync(Guid organisationId, int year, CancellationToken cancellationToken)
    {
        var first = new DateOnly(year, 1, 1);
        var last = new DateOnly(year, 12, 31);
        var rows = await db.Requests.AsNoTracking()
            .Where(row => row.OrganisationId == organisationId && row.ReceivedOn <= last && (row.ClosedOn == null || row.ClosedOn >= first))
            .GroupBy(row => new
            {
                row.ApplicantKind,
                IsNew = row.ReceivedOn >= first,
                Outcome = row.ClosedOn != null && row.ClosedOn <= last ? row.Outcome : null,
            })
            .Select(group => new { group.Key.ApplicantKind, group.Key.IsNew, group.Key.Outcome, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var cells = new Dictionary<(string, ApplicantKind), int>();
        foreach (var row in rows)
        {
            Add(row.IsNew ? New : CarriedOver);
            Add(row.Outcome ?? Carried);
            if (row.Outcome is not null)
            {
                Add(Closed);
            }

            void Add(string code) => cells[(code, row.ApplicantKind)] = cells.GetValueOrDefault((code, row.ApplicantKind)) + row.Count;
        }

        return new RequestTable(cells);
    }

    /// <summary>How many the applicant of a request had sent by then within a year, and within its month.</summary>
    public async Task<(int Year, int Month)> OfApplicantAsync(InformationRequest row, CancellationToken cancellationToken)
    {
        if (row.ApplicantHash is not { } applicant)
        {
            return (0, 0);
        }

        var from = row.SubmittedAt.AddYears(-1);
        var times = await db.Requests.AsNoTracking()
            .Where(other => other.SiteId == row.SiteId && other.ApplicantHash == applicant && other.SubmittedAt > from && other.SubmittedAt <= row.SubmittedAt)
            .Select(other => other.SubmittedAt).ToListAsync(cancellationToken);
        var own = BeijingTime.Date(row.SubmittedAt);
        return (times.Count, times.Count(at => BeijingTime.Date(at) is var day && day.Year == own.Year && day.Month == own.Month));
    }
}
