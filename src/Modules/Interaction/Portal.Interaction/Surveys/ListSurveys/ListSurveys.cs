using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.ListSurveys;

/// <summary>Which surveys are shown.</summary>
public enum SurveySet
{
    /// <summary>All that something is still to be done about.</summary>
    Active,

    /// <summary>草稿、审核中</summary>
    Preparing,

    /// <summary>进行中</summary>
    Open,

    /// <summary>Over, and the result is owed.</summary>
    Owed,
    All,
}

/// <summary>Surveys over all sites of the person's grants, the newest first.</summary>
public sealed record ListSurveys(SurveySet Set, string? Cursor) : IRequest<Outcome<SurveyList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

public sealed record SurveyList(SurveySet Set, Page<SurveyRow> Rows, bool MayStart);

public sealed record SurveyRow
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string SiteName { get; init; }

    public required SurveyStage Stage { get; init; }

    public required SurveyMode Mode { get; init; }

    public required DateOnly OpensOn { get; init; }

    public required DateOnly ClosesOn { get; init; }

    public required int Answers { get; init; }

    public required bool Late { get; init; }
}

internal sealed class ListSurveysHandler(
    InteractionDbContext db, SurveyTally tally, ISites sites, ICurrentActor current, ICurrentSite currentSite, TimeProvider clock)
    : IRequestHandler<ListSurveys, Outcome<SurveyList>>
{
    private const int Size = 30;

    public async Task<Outcome<SurveyList>> Handle(ListSurveys request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var found = db.Surveys.AsNoTracking().OfSites(actor, sites).In(request.Set, today);
        var cursor = Cursor.Parse(request.Cursor);
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            found = back ? found.Where(row => row.Id > edge.Id) : found.Where(row => row.Id < edge.Id);
        }

        // Ids begin with the time at which the survey was started.
        var rows = await (back ? found.OrderBy(row => row.Id) : found.OrderByDescending(row => row.Id)).Take(Size + 1)
            .Select(row => new { row.Id, row.SiteId, row.Title, row.State, row.Mode, row.OpensOn, row.ClosesOn, row.CreatedAt }).ToListAsync(cancellationToken);
        var more = rows.Count > Size;
        if (more)
        {
            rows.RemoveAt(Size);
        }

        if (back)
        {
            rows.Reverse();
        }

        var numbers = await tally.NumbersAsync([.. rows.Select(row => row.Id)], cancellationToken);
        var items = rows.ConvertAll(row =>
        {
            var stage = SurveyFlow.StageOf(row.State, row.OpensOn, row.ClosesOn, today);
            return new SurveyRow
            {
                Id = row.Id,
                Title = row.Title,
                SiteName = sites.ById(row.SiteId)?.Name ?? "",
                Stage = stage,
                Mode = row.Mode,
                OpensOn = row.OpensOn,
                ClosesOn = row.ClosesOn,
                Answers = numbers.GetValueOrDefault(row.Id),
                Late = SurveyFlow.IsLate(stage, row.ClosesOn, today),
            };
        });
        string Edge(int index, bool backwards) => new Cursor(rows[index].CreatedAt, rows[index].Id, backwards).ToString();
        return new SurveyList(
            request.Set,
            new Page<SurveyRow>(
                items,
                rows.Count > 0 && (back || more) ? Edge(rows.Count - 1, false) : null,
                rows.Count > 0 && (back ? more : cursor is not null) ? Edge(0, true) : null),
            currentSite.Site is { } site && actor.Can(Permission.ManageSurveys, site));
    }
}

internal static class SurveySets
{
    public static IQueryable<Survey> OfSites(this IQueryable<Survey> surveys, Actor actor, ISites sites)
    {
        Guid[] own = [.. actor.SitesWith(Permission.ManageSurveys, sites.All).Select(site => site.Id)];
        return surveys.Where(row => own.Contains(row.SiteId));
    }

    public static IQueryable<Survey> In(this IQueryable<Survey> surveys, SurveySet set, DateOnly today) => set switch
    {
        SurveySet.Active => surveys.Where(row => row.State != SurveyState.Reported && row.State != SurveyState.Cancelled),
        SurveySet.Preparing => surveys.Where(row => row.State == SurveyState.Draft || row.State == SurveyState.UnderReview),
        SurveySet.Open => surveys.Where(row => row.State == SurveyState.Published && row.OpensOn <= today && row.ClosesOn >= today),
        SurveySet.Owed => surveys.Where(row =>
            (row.State == SurveyState.Published && row.ClosesOn < today) || row.State == SurveyState.ResultUnderReview),
        _ => surveys,
    };
}
