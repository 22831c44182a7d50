using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports.ReadReportEdition;

/// <summary>An edition of a report that the public saw, as it was, with the form that it had.</summary>
internal sealed record ReadReportEdition(Guid ReportId, int Number, Guid ScopeId) : IRequest<ReportEditionView?>, IPublicRequest;

/// <summary>An edition.</summary>
public sealed record ReportEditionView
{
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }

    /// <summary>Its number among what was published.</summary>
    public required int Number { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>The body as safe HTML.</summary>
    public required string Html { get; init; }

    /// <summary>When it went public.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Address of what holds now; null: the report was taken away.</summary>
    public string? Address { get; init; }

    /// <summary>All editions, oldest first.</summary>
    public required IReadOnlyList<(int Number, DateTimeOffset PublishedAt)> Editions { get; init; }

    /// <summary>A later edition holds.</summary>
    public bool IsFormer => Number < Editions[^1].Number;
}

internal sealed class ReadReportEditionHandler(DisclosureDbContext db, ISites sites)
    : IRequestHandler<ReadReportEdition, ReportEditionView?>
{
    public async Task<ReportEditionView?> Handle(ReadReportEdition request, CancellationToken cancellationToken)
    {
        // What was taken away from the public takes its former editions along.
        var report = await db.AnnualReports.AsNoTracking()
            .Where(row => row.Id == request.ReportId && row.PublishedId != null && row.SitePath.Contains(request.ScopeId))
            .Select(row => new { row.SiteId, row.PublishedPath }).SingleOrDefaultAsync(cancellationToken);
        var edition = report is null ? null : await db.ReportPublications.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ReportId == request.ReportId && row.Number == request.Number, cancellationToken);
        if (edition is null)
        {
            return null;
        }

        var editions = await db.ReportPublications.AsNoTracking().Where(row => row.ReportId == request.ReportId)
            .OrderBy(row => row.Number).Select(row => new { row.Number, row.PublishedAt }).ToListAsync(cancellationToken);
        return new ReportEditionView
        {
            ReportId = edition.ReportId,
            Number = edition.Number,
            Title = edition.Title,
            Html = edition.Html,
            PublishedAt = edition.PublishedAt,
            Address = sites.ById(report!.SiteId) is { } site ? sites.AddressOf(site, report.PublishedPath ?? "").ToString() : null,
            Editions = [.. editions.Select(row => (row.Number, row.PublishedAt))],
        };
    }
}
