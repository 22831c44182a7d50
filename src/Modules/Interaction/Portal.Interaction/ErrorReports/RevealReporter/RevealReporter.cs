using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.ErrorReports.ReadErrorReport;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.RevealReporter;

/// <summary>Shows what was written in full and how to reach who reported, for a reason that is recorded.</summary>
public sealed record RevealReporter(Guid ReportId, string Reason) : IRequest<Outcome<WrittenReport>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleErrorReports;
}

internal sealed class RevealReporterHandler(
    InteractionDbContext db, ErrorReportScope scope, ErrorReportWriter writer, ErrorReportKeyring keyring,
    IStringLocalizer<ErrorReportText> text, IStringLocalizer<ErrorDeskText> desk)
    : IRequestHandler<RevealReporter, Outcome<WrittenReport>>
{
    public async Task<Outcome<WrittenReport>> Handle(RevealReporter request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.ReportId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;
        var reason = PublicText.Line(request.Reason);
        if (reason.Length < 2 || !PublicText.Fits(reason, 200))
        {
            return Failure.Invalid("RevealReason", desk["Reveal.Fault"]);
        }

        if (keyring.Open(found.Report) is not { } written)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Erased"])]);
        }

        writer.Note(found, ErrorTrigger.Reveal, actor, reason);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (ErrorReportConflicts.IsOne(exception))
        {
            db.ChangeTracker.Clear();
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return written;
    }
}

/// <summary>The answer to the form holds what was asked for; no address does.</summary>
internal sealed class RevealReporterEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/error-reports/{report:guid}/reporter", async (
            Guid report, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var shown = await sender.Send(new RevealReporter(report, form.Text("RevealReason")), cancellationToken);
            return shown.Succeeded ? await ReadErrorReportEndpoint.AnswerAsync(report, null, shown.Value, null, null, sender, cancellationToken)
                : shown.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadErrorReportEndpoint.AnswerAsync(report, null, null, null, shown.Failure, sender, cancellationToken)
                    : shown.Failure.Page();
        });
}
