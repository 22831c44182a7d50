using System.Globalization;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports;

/// <summary>Freezes a report, and has Publishing make an edition of what was frozen.</summary>
internal sealed class ReportDispatch(
    DisclosureDbContext db, ISender sender, ISites sites, ReportBody body, ReportWorkbook workbook, IStringLocalizer<ReportText> text)
{
    /// <summary>Type of the document.</summary>
    public const string DocumentType = "annualReport";

    /// <summary>The field of the document that names the submission.</summary>
    public const string CompositionField = "composition";

    public static ReportContent ContentOf(AnnualReport report) => new()
    {
        FormVersion = report.FormVersion,
        Year = report.Year,
        OrganisationName = report.OrganisationName,
        Title = report.Title,
        Cells = ReportReader.AllCells(ReportForms.Shipped.Version(report.FormVersion), report.Cells),
        Sections = report.Sections,
        Fees = report.Fees,
    };

    public ReportSubmission Keep(AnnualReport report, ReportContent content, int number, Actor actor, DateTimeOffset now)
    {
        var submission = new ReportSubmission
        {
            Id = Guid.CreateVersion7(now),
            SiteId = report.SiteId,
            ReportId = report.Id,
            Number = number,
            Content = content,
            ContentHash = content.Hash(),
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            At = now,
        };
        db.ReportSubmissions.Add(submission);
        report.Version++;
        db.Record(Decision.By(
            actor, now, "disclosure.report.submitted", report.SiteId, "annual-report", report.Id.ToString(), report.Title, null,
            submission.ContentHash, ("number", number.ToString(CultureInfo.InvariantCulture)),
            ("overrides", content.Cells.Values.Count(cell => cell.IsOverridden).ToString(CultureInfo.InvariantCulture))));
        return submission;
    }

    public async Task<IReadOnlyList<string>> SendAsync(
        AnnualReport report, ReportSubmission submission, ChannelSummary channel, CancellationToken cancellationToken)
    {
        var content = submission.Content;
        var form = ReportForms.Shipped.Version(content.FormVersion);
        var composed = await sender.Send(
            new ComposeDocument
            {
                DocumentId = report.DocumentId,
                CompositionId = submission.Id,
                SiteId = report.SiteId,
                ChannelId = channel.Id,
                Type = DocumentType,
                Slug = FormattableString.Invariant($"annual-report-{report.Year}"),
                Title = content.Title,
                Summary = text["Document.Summary", content.OrganisationName, content.Year],
                Source = sites.ById(report.SiteId)?.OrganisationName ?? content.OrganisationName,
                Body = body.Of(form, content),
                Files =
                [
                    new ComposedFile(
                        FormattableString.Invariant($"annual-report-{report.Year}.xlsx"), text["Document.Workbook", content.Year],
                        await workbook.WriteAsync(form, content, cancellationToken)),
                ],
                PersonId = submission.PersonId,
                PersonName = submission.PersonName,
                PersonUnit = submission.Unit,
                At = submission.At,
            },
            cancellationToken);
        return composed.Faults;
    }
}
