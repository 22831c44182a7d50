using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.AnnualReports.ListReports;

/// <summary>The reports of a year, site by site: which are due, near due, late, done .</summary>
public sealed record ListReports : IRequest<Outcome<ReportList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;

    /// <summary>The year; zero: the one that is due now.</summary>
    public int Year { get; init; }

    /// <summary>Only those that stand so to their date.</summary>
    public ReportTiming? Timing { get; init; }

    /// <summary>The site after which the page begins.</summary>
    public Guid? After { get; init; }
}

/// <summary>A page of the list.</summary>
/// <param name="Year">The year.</param>
/// <param name="Years">Years that can be chosen.</param>
/// <param name="Rows">Sites with their reports.</param>
/// <param name="Counts">How many stand how to their date.</param>
/// <param name="Next">The last site of the page, when there are more.</param>
public sealed record ReportList(
    int Year, IReadOnlyList<int> Years, IReadOnlyList<SiteReportRow> Rows, IReadOnlyDictionary<ReportTiming, int> Counts, Guid? Next);

/// <summary>A site and its report of the year.</summary>
public sealed record SiteReportRow
{
    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>公开主体.</summary>
    public required string OrganisationName { get; init; }

    /// <summary>The report; null: not begun.</summary>
    public Guid? ReportId { get; init; }

    /// <summary>Where it is.</summary>
    public required ReportStage Stage { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>How it stands to that day.</summary>
    public required ReportTiming Timing { get; init; }

    /// <summary>When it was public for the first time.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who worked on it last.</summary>
    public string? UpdatedBy { get; init; }

    /// <summary>It can be begun.</summary>
    public bool MayStart { get; init; }
}

internal sealed class ListReportsHandler(
    DisclosureDbContext db, ReportScope scope, ReportReader reader, ISender sender, TimeProvider clock)
    : IRequestHandler<ListReports, Outcome<ReportList>>
{
    private const int Size = 50;

    public async Task<Outcome<ReportList>> Handle(ListReports request, CancellationToken cancellationToken)
    {
        var thisYear = BeijingTime.Date(clock.GetUtcNow()).Year;
        var form = ReportForms.Shipped.Of(request.Year);
        var year = form is null || request.Year > thisYear ? thisYear - 1 : request.Year;
        var sites = scope.Sites();
        List<Guid> ids = [.. sites.Select(site => site.Id)];
        var reports = await db.AnnualReports.AsNoTracking().Where(row => row.Year == year && ids.Contains(row.SiteId))
            .Select(row => new AnnualReport
            {
                Id = row.Id,
                SiteId = row.SiteId,
                OrganisationName = row.OrganisationName,
                Year = row.Year,
                FormVersion = row.FormVersion,
                DocumentId = row.DocumentId,
                PublishedId = row.PublishedId,
                FirstPublishedAt = row.FirstPublishedAt,
                PublishedSequence = row.PublishedSequence,
                UpdatedBy = row.UpdatedBy,
            })
            .ToDictionaryAsync(row => row.SiteId, cancellationToken);
        var timed = sites.Select(site => (Site: site, Report: reports.GetValueOrDefault(site.Id), Due: ReportDue.Of(site, year)))
            .Select(row => (row.Site, row.Report, row.Due, Timing: reader.TimingOf(row.Report, row.Due))).ToList();
        var counts = Enum.GetValues<ReportTiming>().ToDictionary(timing => timing, timing => timed.Count(row => row.Timing == timing));
        var chosen = timed.Where(row => request.Timing is null || row.Timing == request.Timing).ToList();
        var from = request.After is { } after ? chosen.FindIndex(row => row.Site.Id == after) + 1 : 0;
        var page = chosen.Skip(from).Take(Size).ToList();
        var documents = (await sender.Send(
                new GetEditedDocuments([.. page.Where(row => row.Report is not null).Select(row => row.Report!.DocumentId)]), cancellationToken))
            .ToDictionary(document => document.Id);
        return new ReportList(
            year, [.. Enumerable.Range(0, 6).Select(back => thisYear - back).Where(one => ReportForms.Shipped.Of(one) is not null)],
            [.. page.Select(row => RowOf(row.Site, row.Report, row.Due, row.Timing, documents))],
            counts, from + Size < chosen.Count ? page[^1].Site.Id : null);
    }

    private static SiteReportRow RowOf(
        SiteInfo site, AnnualReport? report, DateOnly due, ReportTiming timing, Dictionary<Guid, EditedDocument> documents) => new()
        {
            SiteId = site.Id,
            OrganisationName = report?.OrganisationName ?? site.OrganisationName,
            ReportId = report?.Id,
            Stage = ReportStages.Of(report, report is null ? null : documents.GetValueOrDefault(report.DocumentId)),
            Due = due,
            Timing = timing,
            PublishedAt = report is { PublishedId: not null } ? report.FirstPublishedAt : null,
            UpdatedBy = report?.UpdatedBy,
            MayStart = report is null,
        };
}
