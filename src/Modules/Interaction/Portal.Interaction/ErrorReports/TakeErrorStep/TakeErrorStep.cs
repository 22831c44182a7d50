using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.TakeErrorStep;

/// <summary>Takes a step of a report: one handler for all that <see cref="ErrorReportFlow"/> lists for people.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Input">What was filled in.</param>
/// <param name="WithEdition">The answer names the edition that is public now as the one that put it right.</param>
public sealed record TakeErrorStep(Guid ReportId, ErrorInput Input, bool WithEdition = false) : IRequest<Outcome<ErrorTrigger>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleErrorReports;
}

internal sealed class TakeErrorStepHandler(
    InteractionDbContext db, ErrorReportScope scope, ErrorReportWriter writer, ISender sender, IPageCache cache,
    IStringLocalizer<ErrorReportText> text) : IRequestHandler<TakeErrorStep, Outcome<ErrorTrigger>>
{
    public async Task<Outcome<ErrorTrigger>> Handle(TakeErrorStep request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.ReportId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        var input = request.Input;
        var lines = ErrorReportFlow.Steps.Where(step => step.Trigger == input.Trigger).ToList();
        // A look at how to reach the reporter has a form of its own, and shows what it is for.
        if (input.Trigger is ErrorTrigger.Reveal || lines.Count == 0)
        {
            return Failure.NotFound;
        }

        // Who may never do it is told so before anything about the report.
        if (!lines.Exists(step => step.Allows(parties)))
        {
            return Failure.Forbidden with { About = new FailureObject("error-report", found.Report.Id.ToString(), found.Report.Number) };
        }

        if (input.Version != found.Report.Version)
        {
            return Stale();
        }

        if (request.WithEdition && input.Trigger == ErrorTrigger.Answer)
        {
            input = input with { CorrectedBy = await NewerEditionAsync(found.Report, cancellationToken) };
        }

        var taken = await writer.TakeAsync(found, input, parties, actor, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (ErrorReportConflicts.IsOne(exception))
        {
            db.ChangeTracker.Clear();
            return Stale();
        }

        await cache.EvictAsync([CacheTags.ErrorReports(found.Report.SiteId)], cancellationToken);
        return input.Trigger;
    }

    // Only an edition that went live after the report came can have put it right.
    private async Task<Guid?> NewerEditionAsync(ErrorReport report, CancellationToken cancellationToken) =>
        report.DocumentId is { } id
        && await sender.Send(new GetPublishedDocuments([id]), cancellationToken) is [var now, ..]
        && now.UpdatedAt > report.SubmittedAt
            ? now.EditionId
            : null;

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
}
