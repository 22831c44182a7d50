using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.HandleConsultation;

/// <summary>A consultation with all that staff need for its next step.</summary>
public sealed record HandleConsultation(Guid Id) : IRequest<Outcome<DeskConsultation>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>A consultation at the desk.</summary>
public sealed record DeskConsultation
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Key { get; init; }

    public required string SiteName { get; init; }

    public required string PublicAddress { get; init; }

    public required ConsultationState State { get; init; }

    public required ConsultationPhase Phase { get; init; }

    public required string Title { get; init; }

    /// <summary>What staff work on.</summary>
    public required ConsultationText Working { get; init; }

    /// <summary>The working copy differs from what the public reads.</summary>
    public required bool Differs { get; init; }

    public DateOnly? OpensOn { get; init; }

    public DateOnly? ClosesOn { get; init; }

    public DateOnly? ReportDueOn { get; init; }

    public DateOnly? ReportedOn { get; init; }

    public required bool TakenDown { get; init; }

    /// <summary>It came out so late that fewer days are left than the rule asks.</summary>
    public required bool TooShort { get; init; }

    /// <summary>Where the last thing given to the reviewers stands: the key of a message; null when nothing is under way.</summary>
    public string? Standing { get; init; }

    /// <summary>What that was.</summary>
    public ConsultationChange? Change { get; init; }

    /// <summary>The edition with its reviews.</summary>
    public Guid? EditionId { get; init; }

    public required ReportReadiness Readiness { get; init; }

    /// <summary>The report as it would be now.</summary>
    public ConsultationReport? Report { get; init; }

    public required string ReportWords { get; init; }

    public required IReadOnlyList<DeskAct> Acts { get; init; }

    public required IReadOnlyList<DeskLine> Steps { get; init; }
}

/// <summary>Something that may be done next.</summary>
/// <param name="Trigger">What.</param>
/// <param name="Hindrance">Why not now; null: it may.</param>
public sealed record DeskAct(ConsultationTrigger Trigger, string? Hindrance);

/// <summary>A step of the timeline.</summary>
public sealed record DeskLine(ConsultationTrigger Trigger, DateTimeOffset At, string? Person, string? Unit, string? Note);

internal sealed class HandleConsultationHandler(
    InteractionDbContext db, ConsultationScope scope, AnnouncementDesk desk, ReportBuilder reports, ISites sites,
    IStringLocalizer<ConsultationDeskText> text, TimeProvider clock) : IRequestHandler<HandleConsultation, Outcome<DeskConsultation>>
{
    private static readonly ConsultationTrigger[] Acts =
    [
        ConsultationTrigger.Edit, ConsultationTrigger.Submit, ConsultationTrigger.TakeBack, ConsultationTrigger.Revise, ConsultationTrigger.Extend,
        ConsultationTrigger.BeginHandling, ConsultationTrigger.SubmitReport, ConsultationTrigger.ReopenReport, ConsultationTrigger.Cancel,
        ConsultationTrigger.Discard,
    ];

    public async Task<Outcome<DeskConsultation>> Handle(HandleConsultation request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (row, _, site) = found.Value;
        var today = clock.Today();
        var reporting = row.State is ConsultationState.Handling or ConsultationState.ReportUnderReview or ConsultationState.Reported;
        var standing = await desk.StandingAsync(
            reporting ? AnnouncementKind.ConsultationResult : AnnouncementKind.ConsultationNotice, row.Id, cancellationToken);
        var readiness = await reports.ReadinessAsync(row.Id, cancellationToken);
        var steps = await db.ConsultationSteps.AsNoTracking().Where(step => step.ConsultationId == row.Id && step.OpinionId == null)
            .OrderByDescending(step => step.At).ThenByDescending(step => step.Id).Take(50)
            .Select(step => new DeskLine(step.Trigger, step.At, step.ActorName, step.ActorUnit, step.Note)).ToListAsync(cancellationToken);
        return new DeskConsultation
        {
            Id = row.Id,
            Version = row.Version,
            Key = row.Key,
            SiteName = site.Name,
            PublicAddress = sites.AddressOf(site, "consultations/" + row.Key).AbsoluteUri,
            State = row.State,
            Phase = row.PhaseOn(today),
            Title = row.Title,
            Working = row.Working,
            Differs = row.Released is { } released && !Same(released, row.Working),
            OpensOn = row.OpensOn,
            ClosesOn = row.ClosesOn,
            ReportDueOn = ConsultationFlow.Owing.Contains(row.State) ? row.ReportDueOn : null,
            ReportedOn = row.ReportedOn,
            TakenDown = row.TakenDown,
            TooShort = row is { State: ConsultationState.Open, ReleasedAt: { } at, ClosesOn: { } closes, Released.ShortReason: "" }
                && BeijingTime.Date(at) is var since && since > row.OpensOn && ConsultationLimits.IsShort(row.Kind, since, closes),
            Standing = standing.Stage is AnnouncementStage.None or AnnouncementStage.Published ? null : "Standing." + standing.Stage,
            Change = row.Change,
            EditionId = standing.EditionId,
            Readiness = readiness,
            Report = row.State == ConsultationState.Handling ? await reports.BuildAsync(row, cancellationToken) : row.Report,
            ReportWords = row.ReportWords,
            Acts =
            [
                .. Acts.Where(trigger => ConsultationFlow.Allows(row.State, trigger, ConsultationParty.Editor))
                    .Select(trigger => new DeskAct(
                        trigger,
                        ConsultationRules.Hindrance(row, trigger, standing, readiness, today) is { } key ? text[key].Value : null)),
            ],
            Steps = steps,
        };
    }

    private static bool Same(ConsultationText left, ConsultationText right) =>
        left with { Clauses = [], Files = [] } == right with { Clauses = [], Files = [] }
        && left.Clauses.SequenceEqual(right.Clauses) && left.Files.SequenceEqual(right.Files);
}

/// <summary>A consultation at the desk.</summary>
internal sealed class HandleConsultationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/consultations/{consultation:guid}", (
            Guid consultation, string? done, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(consultation, null, done, null, sender, cancellationToken));

    internal static async Task<IResult> AnswerAsync(
        Guid id, TakeConsultationStep.TakeConsultationStep? typed, string? done, Failure? failure, ISender sender,
        CancellationToken cancellationToken)
    {
        var found = await sender.Send(new HandleConsultation(id), cancellationToken);
        return found.Succeeded ? HandleConsultationPage.Of(found.Value, typed, done, failure) : found.Failure.Page();
    }
}
