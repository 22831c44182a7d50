using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>
/// The only writer of steps: checks the table and the rules, adds the step and brings the cache of the report up to it. What
/// is added commits with the caller's save.
/// </summary>
internal sealed class ErrorReportWriter(
    InteractionDbContext db, LetterCalendars calendars, ISites sites, IStringLocalizer<ErrorReportText> text, TimeProvider clock)
{
    /// <summary>Reads a report for a step.</summary>
    public async Task<ErrorCase?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var report = await db.ErrorReports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return report is null ? null : await CaseAsync(report, cancellationToken);
    }

    public async Task<ErrorCase> CaseAsync(ErrorReport report, CancellationToken cancellationToken) => new(
        report,
        await db.ErrorReportEvents.AsNoTracking().Where(row => row.ReportId == report.Id)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken),
        calendars.Of(report.SiteId));

    /// <summary>Takes a step. The caller has found that the person may reach the report.</summary>
    public async Task<Outcome<ErrorReportEvent>> TakeAsync(
        ErrorCase found, ErrorInput input, ErrorParty parties, Actor? actor, CancellationToken cancellationToken)
    {
        input = Cleaned(input);
        if (ErrorReportFlow.Find(found.Report.State, input.Trigger) is not { } step)
        {
            return Conflict("Rule.State");
        }

        if (!step.Allows(parties))
        {
            return Failure.Forbidden;
        }

        if (ErrorReportRules.Hindrance(found, input.Trigger) is { } hindrance)
        {
            return Conflict(hindrance);
        }

        var faults = ErrorReportRules.Faults(input, key => text[key]).ToList();
        var unit = input is { Trigger: ErrorTrigger.Forward, UnitSiteId: { } id } && sites.ById(id) is { } known
            && ErrorReportRules.MayHave(found.Report.SiteId, known) ? known : null;
        if (input.Trigger == ErrorTrigger.Forward && unit is null)
        {
            faults.Add(new FieldError(nameof(input.UnitSiteId), text["Fault.Unit"]));
        }

        ErrorReport? into = null;
        if (input is { Trigger: ErrorTrigger.Join, Into.Length: > 0 })
        {
            into = await db.ErrorReports.SingleOrDefaultAsync(
                row => row.SiteId == found.Report.SiteId && row.Number == input.Into, cancellationToken);
            if (IntoFault(found.Report, into, input.Sure) is { } fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        if (into is not null)
        {
            await JoinAsync(found.Report, into, cancellationToken);
        }

        Change(found.Report, input, unit, actor);
        return Add(found, step.To ?? found.Report.State, input.Trigger, actor, input.Note, FactsOf(input, unit, into));
    }

    /// <summary>Adds the first step of a new report, and the second when it says the same as another.</summary>
    public void Open(ErrorReport report, ErrorReport? twin, Actor? actor)
    {
        db.ErrorReports.Add(report);
        var found = new ErrorCase(report, [], calendars.Of(report.SiteId));
        Count(found);
        var taken = Add(
            found, ErrorState.Submitted, ErrorTrigger.Submit, actor, null,
            ("kind", report.Kind.ToString()), ("source", report.Source.ToString()), ("suspicion", report.Suspicion ?? ""));
        if (twin is not null)
        {
            report.JoinedTo = twin.Id;
            Add(new ErrorCase(report, [taken], found.Calendar), ErrorState.Joined, ErrorTrigger.Join, null, null, ("into", twin.Number));
        }
    }

    /// <summary>Adds a step that is no form's: a look at how to reach the reporter, an erasure, a moved date.</summary>
    public ErrorReportEvent Note(
        ErrorCase found, ErrorTrigger trigger, Actor? actor, string? note, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        if (trigger == ErrorTrigger.Recount)
        {
            Count(found);
        }

        return Add(found, found.Report.State, trigger, actor, note, facts);
    }

    /// <summary>Reads both last days with the calendar of the case.</summary>
    private static void Count(ErrorCase found)
    {
        var report = found.Report;
        (report.ForwardDueOn, report.DueOn, report.CalendarVersion) = (found.ForwardDueOn, found.Reply.DueOn!.Value, found.Calendar.Version);
    }

    private ErrorReportEvent Add(
        ErrorCase found, ErrorState state, ErrorTrigger trigger, Actor? actor, string? note,
        params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var now = clock.GetUtcNow();
        var report = found.Report;
        var taken = new ErrorReportEvent
        {
            Id = Guid.CreateVersion7(now),
            ReportId = report.Id,
            Sequence = found.Events.Count + 1,
            Trigger = trigger,
            State = state,
            At = now,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Note = note is { Length: > 0 } ? Masking.InText(note) : null,
        };
        foreach (var (key, value) in facts)
        {
            if (value.Length > 0)
            {
                taken.Facts[key] = value;
            }
        }

        db.ErrorReportEvents.Add(taken);
        // A look changes nothing: forms that are open elsewhere stay good.
        if (trigger != ErrorTrigger.Reveal)
        {
            Bring(found, taken);
        }

        db.Record(DecisionOf(report, taken, actor));
        return taken;
    }

    // State and days are what the steps say.
    private static void Bring(ErrorCase found, ErrorReportEvent taken)
    {
        var report = found.Report;
        var day = BeijingTime.Date(taken.At);
        report.State = taken.State;
        report.ForwardedOn ??= taken.State is ErrorState.Forwarded or ErrorState.Answered ? day : null;
        if (taken.State == ErrorState.Answered)
        {
            report.AnsweredOn = day;
            report.Workdays = found.Calendar.CountWorkdays(BeijingTime.Date(report.SubmittedAt), day);
        }

        report.ClosedOn ??= ErrorReportFlow.Ended.Contains(report.State) ? day : null;
        report.Version++;
    }

    private void Change(ErrorReport report, ErrorInput input, SiteInfo? unit, Actor? actor)
    {
        switch (input.Trigger)
        {
            case ErrorTrigger.Forward:
                (report.UnitSiteId, report.UnitName, report.HandlerId, report.HandlerName) = (unit!.Id, unit.OrganisationName, null, null);
                break;
            case ErrorTrigger.Return:
                (report.UnitSiteId, report.UnitName, report.HandlerId, report.HandlerName) = (null, null, null, null);
                break;
            case ErrorTrigger.TakeOn:
                (report.HandlerId, report.HandlerName) = (actor?.Id, actor?.Name);
                break;
            case ErrorTrigger.Answer:
                (report.Result, report.Answer) = (input.Result, input.Text);
                report.CorrectedBy = input.Result == ErrorResult.Corrected ? input.CorrectedBy : null;
                break;
            case ErrorTrigger.Correct:
                (report.Result, report.Answer, report.CorrectedBy) = (ErrorResult.Corrected, text["Answer.Corrected"], input.CorrectedBy);
                break;
        }
    }

    // The other is of the same site and not itself joined; one of another page is hardly ever the same fault.
    private FieldError? IntoFault(ErrorReport report, ErrorReport? into, bool sure) => into switch
    {
        null => new FieldError(nameof(ErrorInput.Into), text["Fault.IntoUnknown"]),
        { Id: var id } when id == report.Id => new FieldError(nameof(ErrorInput.Into), text["Fault.IntoSelf"]),
        { JoinedTo: not null } => new FieldError(nameof(ErrorInput.Into), text["Fault.IntoJoined"]),
        _ when into.Page != report.Page && !sure => new FieldError(nameof(ErrorInput.Sure), text["Fault.OtherPage", PageOf(into), PageOf(report)]),
        _ => null,
    };

    private static string PageOf(ErrorReport report) => report.PageTitle.Length > 0 ? report.PageTitle : report.Page;

    // Whoever had joined this one gets the answer of the other, too.
    private async Task JoinAsync(ErrorReport report, ErrorReport into, CancellationToken cancellationToken)
    {
        foreach (var follower in await db.ErrorReports.Where(row => row.JoinedTo == report.Id).ToListAsync(cancellationToken))
        {
            follower.JoinedTo = into.Id;
            follower.Version++;
        }

        report.JoinedTo = into.Id;
    }

    private static (string, string)[] FactsOf(ErrorInput input, SiteInfo? unit, ErrorReport? into) => input.Trigger switch
    {
        ErrorTrigger.Forward => [("unit", unit!.OrganisationName)],
        ErrorTrigger.Join => [("into", into!.Number)],
        ErrorTrigger.Answer => [("result", input.Result!.Value.ToString()), ("edition", input.CorrectedBy?.ToString() ?? "")],
        ErrorTrigger.Correct => [("result", nameof(ErrorResult.Corrected)), ("edition", input.CorrectedBy?.ToString() ?? "")],
        _ => [],
    };

    private DecisionTaken DecisionOf(ErrorReport report, ErrorReportEvent taken, Actor? actor)
    {
        var facts = new SortedDictionary<string, string>(taken.Facts, StringComparer.Ordinal) { ["state"] = taken.State.ToString() };
        return new DecisionTaken
        {
            Id = Guid.CreateVersion7(taken.At),
            OccurredAt = taken.At,
            Action = "interaction.error-report." + ErrorReportFlow.ActOf(taken.Trigger),
            ActorId = actor?.Id,
            ActorName = actor?.Name ?? text[taken.Trigger == ErrorTrigger.Submit ? "Actor.Reporter" : "Actor.Platform"],
            ActorUnit = actor?.Unit,
            SiteId = report.SiteId,
            ObjectType = "error-report",
            ObjectId = report.Id.ToString(),
            ObjectTitle = report.Number,
            ContentHash = taken.Trigger == ErrorTrigger.Submit ? report.TextHash : null,
            Facts = facts,
        };
    }

    private static ErrorInput Cleaned(ErrorInput input) => input with
    {
        Note = PublicText.Paragraphs(input.Note),
        Text = PublicText.Paragraphs(input.Text),
        Into = ErrorReportNumber.Normalise(input.Into),
    };

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
