using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ClusterOpinions;

/// <summary>The groups of a consultation, and those that the platform proposes.</summary>
public sealed record ClusterOpinions(Guid Id) : IRequest<Outcome<ClusterBoard>>, IRequirePermission
{
    /// <summary>Opinions without a group that are compared at once.</summary>
    public const int MostCompared = 1000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>Names a group, or says what becomes of what it asks for.</summary>
public sealed record DisposeCluster : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;

    public Guid ConsultationId { get; init; }

    public Guid ClusterId { get; init; }

    public int Version { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Null: not decided yet.</summary>
    public Disposition? Disposition { get; init; }

    public string Reason { get; init; } = "";
}

/// <summary>The groups.</summary>
public sealed record ClusterBoard(
    Guid Id, string Title, IReadOnlyList<ClusterCard> Clusters, IReadOnlyList<ProposedCluster> Proposals, bool MayAct);

/// <summary>A group.</summary>
public sealed record ClusterCard(
    Guid Id, int Version, string Name, int Count, IReadOnlyList<string> Clauses, Disposition? Disposition, string Reason);

/// <summary>Opinions that look alike.</summary>
public sealed record ProposedCluster(string Clause, OpinionStance Stance, IReadOnlyList<ProposedOpinion> Opinions);

/// <summary>One of them, masked.</summary>
public sealed record ProposedOpinion(Guid Id, string Text);

internal sealed class ClusterOpinionsHandler(
    InteractionDbContext db, ConsultationScope scope, OpinionPapers papers, IStringLocalizer<OpinionText> names)
    : IRequestHandler<ClusterOpinions, Outcome<ClusterBoard>>
{
    public async Task<Outcome<ClusterBoard>> Handle(ClusterOpinions request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var row = found.Value.Row;
        var valid = db.Opinions.AsNoTracking().Where(opinion => opinion.ConsultationId == row.Id
            && (opinion.State == OpinionState.Displayed || opinion.State == OpinionState.Kept));
        var members = await valid.Where(opinion => opinion.ClusterId != null)
            .GroupBy(opinion => new { Id = opinion.ClusterId!.Value, opinion.ClauseLabel })
            .Select(group => new { group.Key.Id, group.Key.ClauseLabel, Count = group.Count() }).ToListAsync(cancellationToken);
        var clusters = await db.OpinionClusters.AsNoTracking().Where(cluster => cluster.ConsultationId == row.Id)
            .OrderBy(cluster => cluster.Id).ToListAsync(cancellationToken);
        var mayAct = ConsultationFlow.Allows(row.State, ConsultationTrigger.Classify, ConsultationParty.Editor);
        return new ClusterBoard(
            row.Id, row.Title,
            [
                .. clusters.Select(cluster => new ClusterCard(
                    cluster.Id, cluster.Version, cluster.Name, members.Where(one => one.Id == cluster.Id).Sum(one => one.Count),
                    [.. members.Where(one => one.Id == cluster.Id).Select(one => one.ClauseLabel ?? names["Clause.Whole"].Value)],
                    cluster.Disposition, cluster.Reason ?? "")),
            ],
            mayAct ? await ProposeAsync(valid, cancellationToken) : [], mayAct);
    }

    private async Task<IReadOnlyList<ProposedCluster>> ProposeAsync(IQueryable<Opinion> valid, CancellationToken cancellationToken)
    {
        var loose = await valid.Where(opinion => opinion.ClusterId == null && opinion.Disposition == null)
            .OrderBy(opinion => opinion.SubmittedAt).ThenBy(opinion => opinion.Id).Take(ClusterOpinions.MostCompared).ToListAsync(cancellationToken);
        var words = await papers.WordsAsync(loose, cancellationToken);
        var labels = loose.Where(opinion => opinion.ClauseId is not null)
            .GroupBy(opinion => opinion.ClauseId!).ToDictionary(group => group.Key, group => group.First().ClauseLabel!);
        List<ComparedOpinion> compared =
        [
            .. loose.Where(opinion => words.ContainsKey(opinion.Id)).Select(opinion => new ComparedOpinion(
                opinion.Id, opinion.ClauseId, opinion.Stance, opinion.DisplayText ?? MaskedCopy.Propose(words[opinion.Id]))),
        ];
        return
        [
            .. OpinionLikeness.Groups(compared).Select(group => new ProposedCluster(
                group[0].ClauseId is { } clause ? labels[clause] : names["Clause.Whole"], group[0].Stance,
                [.. group.Select(one => new ProposedOpinion(one.Id, one.Text))])),
        ];
    }
}

internal sealed class DisposeClusterHandler(
    InteractionDbContext db, ConsultationScope scope, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock)
    : IRequestHandler<DisposeCluster, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(DisposeCluster request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ConsultationId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (row, actor, _) = found.Value;
        if (!ConsultationFlow.Allows(row.State, ConsultationTrigger.Dispose, ConsultationParty.Editor))
        {
            return Conflict("Rule.State");
        }

        var cluster = await db.OpinionClusters
            .SingleOrDefaultAsync(one => one.Id == request.ClusterId && one.ConsultationId == row.Id, cancellationToken);
        if (cluster is null)
        {
            return Failure.NotFound;
        }

        var (name, reason) = (PublicText.Line(request.Name), PublicText.Paragraphs(request.Reason));
        List<FieldError> errors = [];
        if (name.Length < 2 || !PublicText.Fits(name, 200))
        {
            errors.Add(new FieldError(FieldOf("Name", cluster.Id), text["Fault.ClusterName"]));
        }

        if (request.Disposition is not null && (reason.Length < 5 || !PublicText.Fits(reason, 2000)))
        {
            errors.Add(new FieldError(FieldOf("Reason", cluster.Id), text["Fault.DisposeReason"]));
        }

        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        if (cluster.Version != request.Version)
        {
            return Conflict("Rule.Stale");
        }

        cluster.Name = name;
        cluster.Disposition = request.Disposition;
        cluster.Reason = request.Disposition is null ? null : reason;
        cluster.Version++;
        db.AddStep(
            row, ConsultationTrigger.Dispose, actor, clock.GetUtcNow(), reason, null,
            ("cluster", cluster.Id.ToString()), ("disposition", request.Disposition?.ToString() ?? ""));
        return await db.TrySaveAsync(cancellationToken) is null ? Done.Value : Conflict("Rule.Stale");
    }

    /// <summary>Many forms of the same fields stand on the page.</summary>
    internal static string FieldOf(string field, Guid cluster) => $"{field}-{cluster:N}";

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}

/// <summary>The board of groups.</summary>
internal sealed class ClusterOpinionsEndpoint : ICarterModule
{
    private const string Route = "/console/consultations/{consultation:guid}/clusters";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid consultation, string? done, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(consultation, null, done is not null, null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (Guid consultation, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var cluster = form.Id("ClusterId") ?? Guid.Empty;
            var request = new DisposeCluster
            {
                ConsultationId = consultation,
                ClusterId = cluster,
                Version = form.Number("Version"),
                Name = form.Text(DisposeClusterHandler.FieldOf("Name", cluster)),
                Disposition = form.Chosen<Disposition>(DisposeClusterHandler.FieldOf("Disposition", cluster)),
                Reason = form.Text(DisposeClusterHandler.FieldOf("Reason", cluster)),
            };
            var saved = await sender.Send(request, cancellationToken);
            return saved.Succeeded ? Results.LocalRedirect($"/console/consultations/{consultation}/clusters?done=saved")
                : saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AnswerAsync(consultation, request, false, saved.Failure, sender, cancellationToken)
                    : saved.Failure.Page();
        });
    }

    private static async Task<IResult> AnswerAsync(
        Guid id, DisposeCluster? typed, bool done, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var board = await sender.Send(new ClusterOpinions(id), cancellationToken);
        return board.Succeeded ? ClusterOpinionsPage.Of(board.Value, typed, done, failure) : board.Failure.Page();
    }
}
