using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Consultations.ListOpinions;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.HandleOpinion;

/// <summary>An opinion at the desk; what is personal in it is masked.</summary>
public sealed record HandleOpinion(Guid Id) : IRequest<Outcome<DeskOpinion>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>Acts on the one opinion.</summary>
public sealed record TakeOpinionStep(Guid Id, OpinionActInput Input) : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>An opinion as staff see it.</summary>
public sealed record DeskOpinion
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required Guid ConsultationId { get; init; }

    public required string Consultation { get; init; }

    public required string Number { get; init; }

    public required OpinionState State { get; init; }

    public string? StateReason { get; init; }

    public required OpinionChannel Channel { get; init; }

    public string? PaperReference { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateOnly Day { get; init; }

    public string? ClauseLabel { get; init; }

    public DraftClause? Clause { get; init; }

    public required OpinionStance Stance { get; init; }

    public required bool MayDisplay { get; init; }

    public required IReadOnlyList<string> Suspicions { get; init; }

    /// <summary>Masked; null once erased.</summary>
    public WrittenOpinion? Written { get; init; }

    /// <summary>The copy to be confirmed, or the confirmed one.</summary>
    public required string Display { get; init; }

    public required IReadOnlyList<OpinionFileLine> Files { get; init; }

    public required OpinionActInput Input { get; init; }

    public required IReadOnlyList<Choice> Clusters { get; init; }

    public required bool MayAct { get; init; }

    /// <summary>The next one that waits; null: none.</summary>
    public Guid? Next { get; init; }

    public required IReadOnlyList<OpinionLine> Steps { get; init; }
}

/// <summary>A file of an opinion.</summary>
public sealed record OpinionFileLine(Guid Id, string Name, int Size);

/// <summary>A step of the opinion.</summary>
public sealed record OpinionLine(
    ConsultationTrigger Trigger, DateTimeOffset At, string? Person, string? Note, IReadOnlyDictionary<string, string> Facts);

internal sealed class HandleOpinionHandler(InteractionDbContext db, ConsultationScope scope, OpinionPapers papers)
    : IRequestHandler<HandleOpinion, Outcome<DeskOpinion>>
{
    public async Task<Outcome<DeskOpinion>> Handle(HandleOpinion request, CancellationToken cancellationToken)
    {
        var found = await scope.FindOpinionAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var ((row, _, _), opinion) = found.Value;
        var written = await papers.WordsAsync(opinion, cancellationToken);
        var clusters = await db.OpinionClusters.AsNoTracking().Where(cluster => cluster.ConsultationId == row.Id)
            .OrderBy(cluster => cluster.Id).Select(cluster => new Choice(cluster.Id.ToString(), cluster.Name, null)).ToListAsync(cancellationToken);
        var steps = await db.ConsultationSteps.AsNoTracking().Where(step => step.OpinionId == opinion.Id).OrderBy(step => step.Id)
            .Select(step => new OpinionLine(step.Trigger, step.At, step.ActorName, step.Note, step.Facts)).ToListAsync(cancellationToken);
        return new DeskOpinion
        {
            Id = opinion.Id,
            Version = opinion.Version,
            ConsultationId = row.Id,
            Consultation = row.Title,
            Number = opinion.Number,
            State = opinion.State,
            StateReason = opinion.StateReason,
            Channel = opinion.Channel,
            PaperReference = opinion.PaperReference,
            SubmittedAt = opinion.SubmittedAt,
            Day = opinion.ReceivedOn,
            ClauseLabel = opinion.ClauseLabel,
            Clause = row.Released?.Clause(opinion.ClauseId),
            Stance = opinion.Stance,
            MayDisplay = opinion.MayDisplay,
            Suspicions = opinion.Suspicion?.Split(' ') ?? [],
            Written = written is null ? null : Masked(written),
            Display = opinion.DisplayText ?? (written is null ? "" : MaskedCopy.Propose(written)),
            Files = [.. (await papers.FilesAsync(opinion, cancellationToken)).Select(file => new OpinionFileLine(file.Id, file.File.Name, file.File.Size))],
            Input = new OpinionActInput
            {
                Theme = opinion.Theme,
                ClusterId = opinion.ClusterId,
                Disposition = opinion.Disposition,
                Reason = opinion.DispositionReason ?? "",
            },
            Clusters = clusters,
            MayAct = ConsultationFlow.Allows(row.State, ConsultationTrigger.Moderate, ConsultationParty.Editor),
            Next = await db.Opinions.AsNoTracking()
                .Where(one => one.ConsultationId == row.Id && one.State == OpinionState.Waiting && one.Id != opinion.Id)
                .OrderBy(one => one.SubmittedAt).ThenBy(one => one.Id).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(cancellationToken),
            Steps = steps,
        };
    }

    private static WrittenOpinion Masked(WrittenOpinion written) => new()
    {
        Name = Masking.Name(written.Name),
        Unit = written.Unit,
        Phone = Masking.Number(written.Phone),
        Text = MaskedCopy.Propose(written),
    };
}

internal sealed class TakeOpinionStepHandler(ConsultationScope scope, OpinionSteps steps) : IRequestHandler<TakeOpinionStep, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(TakeOpinionStep request, CancellationToken cancellationToken)
    {
        var found = await scope.FindOpinionAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var taken = await steps.TakeAsync(found.Value.Consultation, request.Input with { Ids = [request.Id] }, cancellationToken);
        return taken.Succeeded ? found.Value.Consultation.Row.Id : taken.Failure;
    }
}

/// <summary>One opinion, and what is done to it.</summary>
internal sealed class HandleOpinionEndpoint : ICarterModule
{
    private const string Route = "/console/opinions/{opinion:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid opinion, string? done, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(opinion, null, done is not null, null, null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (Guid opinion, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = ListOpinionsEndpoint.Filled(form) with { Version = form.Number("Version"), Display = form.Text("Display"), LeftReason = form.Text("LeftReason") };
            var taken = await sender.Send(new TakeOpinionStep(opinion, input), cancellationToken);
            return taken.Succeeded ? Results.LocalRedirect($"/console/opinions/{opinion}?done=saved")
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AnswerAsync(opinion, input, false, null, taken.Failure, sender, cancellationToken)
                    : taken.Failure.Page();
        });
    }

    internal static async Task<IResult> AnswerAsync(
        Guid id, OpinionActInput? typed, bool done, WrittenOpinion? revealed, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new HandleOpinion(id), cancellationToken);
        return found.Succeeded ? HandleOpinionPage.Of(found.Value, typed, done, revealed, failure) : found.Failure.Page();
    }
}
