using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports.BrowseReports;

/// <summary>The published reports of a site's organisation, its departments and lower governments together (P-05).</summary>
internal sealed record BrowseReports : IRequest<ReportShelf>, IPublicRequest
{
    public required Guid ScopeId { get; init; }

    /// <summary>One year only; null: the newest that there is.</summary>
    public int? Year { get; init; }

    public Cursor? Cursor { get; init; }
}

/// <summary>The reports of a year.</summary>
/// <param name="Year">The year; null where nothing is published yet.</param>
/// <param name="Years">Years with reports, newest first.</param>
/// <param name="Own">The organisation's own.</param>
/// <param name="Others">Those of departments and lower governments, newest first.</param>
public sealed record ReportShelf(int? Year, IReadOnlyList<int> Years, ShelvedReport? Own, Page<ShelvedReport> Others);

/// <summary>A published report.</summary>
/// <param name="Id">The report.</param>
/// <param name="OrganisationName">公开主体.</param>
/// <param name="Title">Title.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="PublishedAt">First publication.</param>
/// <param name="Editions">Editions that the public saw.</param>
public sealed record ShelvedReport(
    Guid Id, string OrganisationName, string Title, string Address, DateTimeOffset PublishedAt, int Editions);

internal sealed class BrowseReportsHandler(DisclosureDbContext db, ISites sites) : IRequestHandler<BrowseReports, ReportShelf>
{
    public const int PageSize = 50;

    public async Task<ReportShelf> Handle(BrowseReports request, CancellationToken cancellationToken)
    {
        var within = db.AnnualReports.AsNoTracking()
            .Where(row => row.PublishedId != null && row.SitePath.Contains(request.ScopeId));
        var years = await within.Select(row => row.Year).Distinct().OrderByDescending(year => year).ToListAsync(cancellationToken);
        if (years.Count == 0)
        {
            return new ReportShelf(null, [], null, new Page<ShelvedReport>([], null, null));
        }

        var year = request.Year is { } asked && years.Contains(asked) ? asked : years[0];
        var ofYear = within.Where(row => row.Year == year);
        var own = await ShelveAsync(ofYear.Where(row => row.SiteId == request.ScopeId), cancellationToken);
        return new ReportShelf(
            year, years, own.FirstOrDefault(),
            await PageAsync(ofYear.Where(row => row.SiteId != request.ScopeId), request.Cursor, cancellationToken));
    }

    private async Task<Page<ShelvedReport>> PageAsync(
        IQueryable<AnnualReport> rows, Cursor? cursor, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            rows = back
                ? rows.Where(row => row.PublishedAt > edge.At || (row.PublishedAt == edge.At && row.Id > edge.Id))
                : rows.Where(row => row.PublishedAt < edge.At || (row.PublishedAt == edge.At && row.Id < edge.Id));
        }

        var found = await ShelveAsync(
            (back ? rows.OrderBy(row => row.PublishedAt).ThenBy(row => row.Id)
                : rows.OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id)).Take(PageSize + 1),
            cancellationToken);
        var more = found.Count > PageSize;
        if (more)
        {
            found.RemoveAt(PageSize);
        }

        if (back)
        {
            found.Reverse();
        }

        return new Page<ShelvedReport>(
            found,
            found.Count > 0 && (back || more) ? new Cursor(found[^1].PublishedAt, found[^1].Id, false).ToString() : null,
            found.Count > 0 && (back ? more : cursor is not null) ? new Cursor(found[0].PublishedAt, found[0].Id, true).ToString() : null);
    }

    private async Task<List<ShelvedReport>> ShelveAsync(IQueryable<AnnualReport> rows, CancellationToken cancellationToken) =>
        (await rows
            .Select(row => new
            {
                row.Id,
                row.SiteId,
                row.OrganisationName,
                row.PublishedTitle,
                row.PublishedPath,
                row.PublishedAt,
                Editions = db.ReportPublications.Count(edition => edition.ReportId == row.Id),
            })
            .ToListAsync(cancellationToken))
        .ConvertAll(row => new ShelvedReport(
            row.Id, row.OrganisationName, row.PublishedTitle ?? "",
            sites.ById(row.SiteId) is { } site ? sites.AddressOf(site, row.PublishedPath ?? "").ToString() : "",
            row.PublishedAt!.Value, row.Editions));
}
