using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ReadOpinions;

/// <summary>The opinions that are shown, of all or of one clause.</summary>
public sealed record ReadOpinions(string Key, string? Clause, string? Cursor) : IRequest<Outcome<ShownOpinions>>, IPublicRequest
{
    /// <summary>Names the draft as a whole where a clause may be named.</summary>
    public const string Whole = "whole";
}

/// <summary>A page of opinions.</summary>
/// <param name="Id">The consultation.</param>
/// <param name="Key">Its key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Clause">What was asked for; null: all.</param>
/// <param name="About">The clause, when it is one of the draft.</param>
/// <param name="Rows">The opinions.</param>
public sealed record ShownOpinions(Guid Id, string Key, string Title, string? Clause, DraftClause? About, Page<ShownOpinion> Rows);

/// <summary>An opinion as the public reads it: its confirmed copy, and what became of it once the result is out.</summary>
public sealed record ShownOpinion(
    string Text, OpinionStance Stance, string? ClauseId, string? ClauseLabel, bool OfDraft, DateOnly Day, Disposition? Disposition, string? Reason);

internal sealed class ReadOpinionsHandler(InteractionDbContext db, ConsultationReader reader)
    : IRequestHandler<ReadOpinions, Outcome<ShownOpinions>>
{
    private const int Size = 20;

    public async Task<Outcome<ShownOpinions>> Handle(ReadOpinions request, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(request.Key, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var row = found.Value;
        var about = row.Released!.Clause(request.Clause);
        var whole = request.Clause == ReadOpinions.Whole;
        if (row.State == ConsultationState.Cancelled || (request.Clause is { Length: > 0 } && about is null && !whole))
        {
            return Failure.NotFound;
        }

        var shown = db.Opinions.AsNoTracking().Where(opinion => opinion.ConsultationId == row.Id && opinion.State == OpinionState.Displayed);
        shown = about is { Id: var id } ? shown.Where(opinion => opinion.ClauseId == id)
            : whole ? shown.Where(opinion => opinion.ClauseId == null)
            : shown;
        var page = await shown.PageAsync(opinion => opinion.DisplayedAt!.Value, Cursor.Parse(request.Cursor), Size, cancellationToken);
        var answered = row.State == ConsultationState.Reported ? await ClustersAsync(page.Items, cancellationToken) : [];
        return new ShownOpinions(
            row.Id, row.Key, row.Title, whole ? ReadOpinions.Whole : about?.Id, about,
            new Page<ShownOpinion>(
                [.. page.Items.Select(opinion => Shown(opinion, row, answered))], page.Older, page.Newer));
    }

    private static ShownOpinion Shown(Opinion opinion, Consultation row, Dictionary<Guid, OpinionCluster> clusters)
    {
        var cluster = opinion.ClusterId is { } id ? clusters.GetValueOrDefault(id) : null;
        var answered = row.State == ConsultationState.Reported;
        return new ShownOpinion(
            opinion.DisplayText!, opinion.Stance, opinion.ClauseId, opinion.ClauseLabel,
            opinion.ClauseId is null || row.Released!.Clause(opinion.ClauseId) is not null, opinion.ReceivedOn,
            answered ? opinion.Disposition ?? cluster?.Disposition : null,
            answered ? opinion.DispositionReason ?? cluster?.Reason : null);
    }

    private async Task<Dictionary<Guid, OpinionCluster>> ClustersAsync(IReadOnlyList<Opinion> shown, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. shown.Where(opinion => opinion.ClusterId is not null).Select(opinion => opinion.ClusterId!.Value).Distinct()];
        return await db.OpinionClusters.AsNoTracking().Where(cluster => ids.Contains(cluster.Id))
            .ToDictionaryAsync(cluster => cluster.Id, cancellationToken);
    }
}

/// <summary>Opinions by clause, for anybody.</summary>
internal sealed class ReadOpinionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/consultations/{key}/opinions", AnswerAsync, "clause", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string key, string? clause, string? cursor, HttpContext http, ICurrentSite current, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        var found = await sender.Send(new ReadOpinions(key, clause, cursor), cancellationToken);
        if (!found.Succeeded)
        {
            return Results.StatusCode(found.Failure.Status());
        }

        http.Tag(CacheTags.Activity(found.Value.Id));
        return ReadOpinionsPage.Of(found.Value);
    }
}
