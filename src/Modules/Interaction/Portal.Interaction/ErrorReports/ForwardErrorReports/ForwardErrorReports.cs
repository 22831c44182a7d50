using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.ErrorReports.ForwardErrorReports;

/// <summary>
/// Gives several reports to one unit. Each is a step of its own that is taken or not; who names a report out of reach moves
/// none.
/// </summary>
public sealed record ForwardErrorReports : IRequest<Outcome<IReadOnlyList<ForwardedErrorReport>>>, IRequirePermission
{
    /// <summary>How many a form may name.</summary>
    public const int Most = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.HandleErrorReports;

    public IReadOnlyList<ChosenLine> Chosen { get; init; } = [];

    public Guid? UnitSiteId { get; init; }

    public string Note { get; init; } = "";
}

/// <summary>What became of one.</summary>
/// <param name="Id">The report.</param>
/// <param name="Number">Its number.</param>
/// <param name="Page">The page it is about.</param>
/// <param name="Fault">Why it stays; null: it went.</param>
public sealed record ForwardedErrorReport(Guid Id, string Number, string Page, string? Fault);

internal sealed class ForwardErrorReportsValidator : AbstractValidator<ForwardErrorReports>
{
    public ForwardErrorReportsValidator(IStringLocalizer<ErrorDeskText> text, IStringLocalizer<ErrorReportText> names)
    {
        RuleFor(form => form.Chosen).Must(chosen => chosen.Count is > 0 and <= ForwardErrorReports.Most).WithMessage(_ => text["Batch.Fault.None"]);
        RuleFor(form => form.UnitSiteId).NotNull().WithMessage(_ => names["Fault.Unit"]);
        RuleFor(form => form.Note).Must(note => PublicText.Fits(note, ErrorReportRules.MaximumNote)).WithMessage(_ => names["Fault.NoteLong"]);
    }
}

internal sealed class ForwardErrorReportsHandler(
    InteractionDbContext db, ErrorReportScope scope, ErrorReportWriter writer, ISites sites, ICurrentActor current,
    IStringLocalizer<ErrorReportText> names) : IRequestHandler<ForwardErrorReports, Outcome<IReadOnlyList<ForwardedErrorReport>>>
{
    public async Task<Outcome<IReadOnlyList<ForwardedErrorReport>>> Handle(ForwardErrorReports request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var chosen = request.Chosen.DistinctBy(report => report.Id).ToList();
        Guid[] ids = [.. chosen.Select(report => report.Id)];
        var homes = await db.ErrorReports.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.SiteId, cancellationToken);
        if (homes.Count < ids.Length)
        {
            return Failure.NotFound;
        }

        if (homes.FirstOrDefault(home => sites.ById(home.Value) is not { } site || !actor.Can(Permission.HandleErrorReports, site)) is { Key: var far }
            && far != Guid.Empty)
        {
            return Failure.OutOfScope with { About = new FailureObject("error-report", far.ToString(), "") };
        }

        List<ForwardedErrorReport> results = [];
        foreach (var report in chosen)
        {
            results.Add(await ForwardAsync(report, request, cancellationToken));
            db.ChangeTracker.Clear();
        }

        return results;
    }

    private async Task<ForwardedErrorReport> ForwardAsync(
        ChosenLine chosen, ForwardErrorReports request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(chosen.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return new ForwardedErrorReport(chosen.Id, "", "", names["Rule.Stale"]);
        }

        var (found, actor, _, parties) = reached.Value;
        var report = found.Report;
        var result = new ForwardedErrorReport(
            report.Id, report.Number, report.PageTitle.Length > 0 ? report.PageTitle : report.Page, null);
        if (report.Version != chosen.Version)
        {
            return result with { Fault = names["Rule.Stale"] };
        }

        var taken = await writer.TakeAsync(
            found, new ErrorInput { Trigger = ErrorTrigger.Forward, UnitSiteId = request.UnitSiteId, Note = request.Note }, parties, actor,
            cancellationToken);
        if (!taken.Succeeded)
        {
            return result with { Fault = taken.Failure.Errors is [var error, ..] ? error.Message : names["Rule.State"] };
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return result;
        }
        catch (DbUpdateException exception) when (ErrorReportConflicts.IsOne(exception))
        {
            return result with { Fault = names["Rule.Stale"] };
        }
    }
}
