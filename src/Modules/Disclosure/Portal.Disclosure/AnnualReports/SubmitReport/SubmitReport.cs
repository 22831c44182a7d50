using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Disclosure.AnnualReports.SubmitReport;

/// <summary>Freezes a report and sends it through the three reviews of Publishing (Opinion art. 12).</summary>
public sealed record SubmitReport(Guid ReportId, int Version) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

internal sealed class SubmitReportHandler(
    DisclosureDbContext db, ReportScope scope, ReportReader reader, ReportFigures figures, ReportDispatch dispatch, TimeProvider clock,
    IStringLocalizer<ReportText> text) : IRequestHandler<SubmitReport, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SubmitReport request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ReportId, request.Version, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (report, _, actor) = found.Value;
        // Its numbers end with 31 December: until then they are those of no year.
        if (report.Year >= BeijingTime.Date(clock.GetUtcNow()).Year)
        {
            return Failure.Invalid("", text["Submit.YearRunning", report.Year, report.Year + 1]);
        }

        var form = ReportForms.Shipped.Version(report.FormVersion);
        var previous = await figures.PreviousAsync(report.SiteId, report.Year, cancellationToken);
        var failures = reader.Failures(form, report.Cells, report.Sections, previous);
        if (failures.Count > 0)
        {
            return new Failure(FailureKind.Invalid, failures);
        }

        var document = await reader.DocumentAsync(report, cancellationToken);
        if (ReportStages.Of(report, document) == ReportStage.UnderReview)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Submit.UnderReview"])]);
        }

        if (await reader.ChannelAsync(report.SiteId, cancellationToken) is not { } channel)
        {
            return Failure.Invalid("", text["Submit.NoChannel"]);
        }

        var content = ReportDispatch.ContentOf(report);
        var number = await db.ReportSubmissions.CountAsync(row => row.ReportId == report.Id, cancellationToken) + 1;
        if (document is not null && await IsSameAsync(document, content.Hash(), cancellationToken))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Submit.Unchanged"])]);
        }

        // Kept before it is sent: were the host to stop in between, what is under review would still name a row that is there.
        var submission = dispatch.Keep(report, content, number, actor, clock.GetUtcNow());
        if (await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(ReportSubmissionConfiguration.OneNumber) ? Failure.Conflict : null) is { } lost)
        {
            return lost;
        }

        var faults = await dispatch.SendAsync(report, submission, channel, cancellationToken);
        return faults.Count == 0
            ? Done.Value
            : new Failure(FailureKind.Conflict, [.. faults.Select(fault => new FieldError("", fault))]);
    }

    // What came back or is public already must have changed.
    private async Task<bool> IsSameAsync(EditedDocument document, string hash, CancellationToken cancellationToken) =>
        Guid.TryParse(document.Fields.GetValueOrDefault(ReportDispatch.CompositionField), out var id)
        && await db.ReportSubmissions.AnyAsync(row => row.Id == id && row.ContentHash == hash, cancellationToken);
}
