using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.FollowReports;

/// <summary>
/// A report's document changed in public: what was submitted is published, or taken away. What the public saw is kept as it
/// was, so that an earlier edition stays readable after a correction.
/// </summary>
internal sealed class FollowReports(DisclosureDbContext db, ISender sender, IPageCache cache)
{
    public async Task FollowAsync(EditionPublished fact, CancellationToken cancellationToken)
    {
        if (fact.Type != ReportDispatch.DocumentType
            || await db.AnnualReports.SingleOrDefaultAsync(row => row.DocumentId == fact.DocumentId, cancellationToken) is not { } report)
        {
            return;
        }

        var documents = await sender.Send(new GetPublishedDocuments([fact.DocumentId]) { WithBody = true }, cancellationToken);
        if (documents.Count == 0 || documents[0].Sequence <= report.PublishedSequence)
        {
            return;
        }

        var document = documents[0];
        report.PublishedSequence = document.Sequence;
        report.PublishedId = null;
        if (document.Status == "Page" && await SubmissionAsync(report, document, cancellationToken) is { } submission)
        {
            report.PublishedId = submission;
            report.PublishedAt = document.UpdatedAt;
            report.FirstPublishedAt ??= document.PublishedAt;
            report.PublishedTitle = document.Title;
            report.PublishedPath = document.Path;
            await KeepAsync(report, submission, document, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await cache.EvictAsync([.. report.SitePath.Select(CacheTags.Directory)], cancellationToken);
    }

    private async Task<Guid?> SubmissionAsync(AnnualReport report, PublishedDocument document, CancellationToken cancellationToken) =>
        Guid.TryParse(document.Fields.GetValueOrDefault(ReportDispatch.CompositionField), out var id)
            && await db.ReportSubmissions.AnyAsync(row => row.Id == id && row.ReportId == report.Id, cancellationToken)
            ? id
            : null;

    private async Task KeepAsync(
        AnnualReport report, Guid submission, PublishedDocument document, CancellationToken cancellationToken)
    {
        var published = await db.ReportPublications.AsNoTracking().Where(row => row.ReportId == report.Id)
            .Select(row => new { row.SubmissionId, row.Number }).ToListAsync(cancellationToken);
        if (!published.Exists(row => row.SubmissionId == submission))
        {
            db.ReportPublications.Add(new ReportPublication
            {
                Id = Guid.CreateVersion7(document.UpdatedAt),
                SiteId = report.SiteId,
                ReportId = report.Id,
                SubmissionId = submission,
                Number = published.Count + 1,
                Title = document.Title,
                Html = document.Html ?? "",
                PublishedAt = document.UpdatedAt,
            });
        }
    }
}
