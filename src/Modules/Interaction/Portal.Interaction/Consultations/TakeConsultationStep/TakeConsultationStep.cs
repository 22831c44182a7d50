using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Interaction.Consultations.HandleConsultation;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.TakeConsultationStep;

/// <summary>A step of the desk.</summary>
public sealed record TakeConsultationStep : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;

    public Guid Id { get; init; }

    public ConsultationTrigger Trigger { get; init; }

    public int Version { get; init; }

    /// <summary>The new last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Why; the public reads it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What staff say to the results.</summary>
    public string Words { get; init; } = "";

    /// <summary>The numbers of persons in what is submitted were looked at, and belong before the public.</summary>
    public bool NumbersSeen { get; init; }
}

internal sealed class TakeConsultationStepHandler(
    InteractionDbContext db, ConsultationScope scope, ConsultationAnnouncements announcements, AnnouncementDesk desk, ReportBuilder reports,
    IStringLocalizer<ConsultationDeskText> text, TimeProvider clock) : IRequestHandler<TakeConsultationStep, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(TakeConsultationStep request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (row, actor, _) = found.Value;
        if (ConsultationFlow.Find(row.State, request.Trigger) is not { } line)
        {
            return Conflict("Rule.State");
        }

        if ((line.Who & ConsultationParty.Editor) == ConsultationParty.None)
        {
            return Failure.Forbidden;
        }

        if (row.Version != request.Version)
        {
            return Conflict("Rule.Stale");
        }

        var kind = row.State is ConsultationState.Handling or ConsultationState.ReportUnderReview
            ? AnnouncementKind.ConsultationResult : AnnouncementKind.ConsultationNotice;
        var today = clock.Today();
        if (ConsultationRules.Hindrance(
            row, request.Trigger, await desk.StandingAsync(kind, row.Id, cancellationToken),
            await reports.ReadinessAsync(row.Id, cancellationToken), today) is { } hindrance)
        {
            return Conflict(hindrance);
        }

        if (Fault(row, request, today) is { } fault)
        {
            return fault;
        }

        var reason = PublicText.Line(request.Reason);
        row.State = line.To ?? row.State;
        row.Version++;
        switch (request.Trigger)
        {
            case ConsultationTrigger.Submit:
                return await SubmitAsync(row, ConsultationChange.Notice, row.Working, request, actor, cancellationToken);
            case ConsultationTrigger.Revise:
                // The period is moved by an extension only, which says why.
                row.Working = row.Working with { From = row.OpensOn, To = row.ClosesOn };
                return await SubmitAsync(row, ConsultationChange.Revision, row.Working, request, actor, cancellationToken);
            case ConsultationTrigger.Extend:
                return await SubmitAsync(
                    row, ConsultationChange.Extension, row.Released! with { To = request.To, ExtensionReason = reason }, request, actor,
                    cancellationToken);
            case ConsultationTrigger.Cancel:
                return await SubmitAsync(row, ConsultationChange.Cancellation, row.Released! with { CancelReason = reason }, request, actor, cancellationToken);
            case ConsultationTrigger.SubmitReport:
                row.ReportWords = PublicText.Paragraphs(request.Words);
                return await SubmitAsync(row, ConsultationChange.Report, row.Released!, request, actor, cancellationToken);
            default:
                row.CancelledOn = request.Trigger == ConsultationTrigger.Discard ? today : row.CancelledOn;
                db.AddStep(row, request.Trigger, actor, clock.GetUtcNow(), reason);
                return await db.TrySaveAsync(cancellationToken) is null ? Done.Value : Conflict("Rule.Stale");
        }
    }

    private Failure? Fault(Consultation row, TakeConsultationStep request, DateOnly today)
    {
        List<(string Field, string Key)> faults = [];
        var reason = PublicText.Line(request.Reason);
        if (request.Trigger is ConsultationTrigger.Extend or ConsultationTrigger.Cancel or ConsultationTrigger.Discard
            && (reason.Length < 5 || !PublicText.Fits(reason, ConsultationRules.MaximumReason)))
        {
            faults.Add((request.Trigger + "Reason", "Fault.Reason"));
        }

        if (request.Trigger == ConsultationTrigger.Extend && (request.To is not { } to || to <= row.ClosesOn || to > today.AddYears(1)))
        {
            faults.Add((nameof(request.To), "Fault.ExtendTo"));
        }

        if (request.Trigger == ConsultationTrigger.SubmitReport
            && PublicText.Paragraphs(request.Words) is var words
            && (words.Length < 20 || !PublicText.Fits(words, ConsultationRules.MaximumWords)))
        {
            faults.Add((nameof(request.Words), "Fault.Words"));
        }

        if (request.Trigger == ConsultationTrigger.Submit)
        {
            // The fields are those of another form; the summary says what is missing there.
            faults.AddRange(ConsultationRules.Missing(row.Working, today).Select(fault => ("", fault.Key)));
        }

        if (request.Trigger == ConsultationTrigger.Revise)
        {
            var revised = row.Working with { From = row.OpensOn, To = row.ClosesOn };
            faults.AddRange(ConsultationRules.Missing(revised, row.OpensOn!.Value).Select(fault => ("", fault.Key)));
        }

        return ConsultationRules.Refused(faults, key => text[key]);
    }

    private async Task<Outcome<Done>> SubmitAsync(
        Consultation row, ConsultationChange change, ConsultationText content, TakeConsultationStep request, Actor actor,
        CancellationToken cancellationToken)
    {
        var report = change == ConsultationChange.Report ? await reports.BuildAsync(row, cancellationToken) : null;
        row.Change = change;
        db.AddStep(row, request.Trigger, actor, clock.GetUtcNow(), PublicText.Line(request.Reason));
        var submitted = await announcements.SubmitAsync(row, change, content, report, request.NumbersSeen, actor, cancellationToken);
        return submitted.Succeeded ? Done.Value : submitted.Failure;
    }

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}

/// <summary>The forms of the desk's page.</summary>
internal sealed class TakeConsultationStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/consultations/{consultation:guid}/steps", async (
            Guid consultation, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            // Several forms stand on the page; each has fields of its own name.
            var trigger = form.Chosen<ConsultationTrigger>("Trigger") ?? ConsultationTrigger.Create;
            var step = new TakeConsultationStep
            {
                Id = consultation,
                Trigger = trigger,
                Version = form.Number("Version"),
                To = form.Day("To"),
                Reason = form.Text(trigger + "Reason"),
                Words = form.Text("Words"),
                NumbersSeen = form.Flag(NumbersSeen.Field),
            };
            var taken = await sender.Send(step, cancellationToken);
            if (taken.Succeeded)
            {
                return Results.LocalRedirect($"/console/consultations/{consultation}?done={step.Trigger}");
            }

            return taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? await HandleConsultationEndpoint.AnswerAsync(consultation, step, null, taken.Failure, sender, cancellationToken)
                : taken.Failure.Page();
        });
}
