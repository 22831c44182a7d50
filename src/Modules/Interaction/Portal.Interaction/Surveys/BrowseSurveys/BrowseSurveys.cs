using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Surveys.AnswerSurvey;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.BrowseSurveys;

/// <summary>The surveys of the current site that the public may know of, the newest first.</summary>
public sealed record BrowseSurveys(string? Cursor) : IRequest<Outcome<Page<SurveyCard>>>, IPublicRequest;

internal sealed class BrowseSurveysHandler(InteractionDbContext db, ICurrentSite current, TimeProvider clock)
    : IRequestHandler<BrowseSurveys, Outcome<Page<SurveyCard>>>
{
    private const int Size = 20;

    public async Task<Outcome<Page<SurveyCard>>> Handle(BrowseSurveys request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var found = db.Surveys.AsNoTracking().Public().Where(row => row.SiteId == site.Id);
        var cursor = Cursor.Parse(request.Cursor);
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            var day = BeijingTime.Date(edge.At);
            found = back
                ? found.Where(row => row.OpensOn > day || (row.OpensOn == day && row.Id > edge.Id))
                : found.Where(row => row.OpensOn < day || (row.OpensOn == day && row.Id < edge.Id));
        }

        var ordered = back
            ? found.OrderBy(row => row.OpensOn).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.OpensOn).ThenByDescending(row => row.Id);
        var rows = await ordered.Take(Size + 1)
            .Select(row => new { row.Id, row.Key, row.Title, row.Mode, row.Proof, row.State, row.OpensOn, row.ClosesOn, row.Minutes })
            .ToListAsync(cancellationToken);
        var more = rows.Count > Size;
        if (more)
        {
            rows.RemoveAt(Size);
        }

        if (back)
        {
            rows.Reverse();
        }

        string Edge(int index, bool backwards) =>
            new Cursor(BeijingTime.StartOf(rows[index].OpensOn), rows[index].Id, backwards).ToString();
        return new Page<SurveyCard>(
            [
                .. rows.Select(row => new SurveyCard(
                    row.Key, row.Title, row.Mode, row.Proof, SurveyFlow.StageOf(row.State, row.OpensOn, row.ClosesOn, today), row.OpensOn, row.ClosesOn, row.Minutes)),
            ],
            rows.Count > 0 && (back || more) ? Edge(rows.Count - 1, false) : null,
            rows.Count > 0 && (back ? more : cursor is not null) ? Edge(0, true) : null);
    }
}

internal static class PublicSurveys
{
    /// <summary>Those that the public may know of.</summary>
    public static IQueryable<Survey> Public(this IQueryable<Survey> surveys) => surveys.Where(row =>
        row.State == SurveyState.Published || row.State == SurveyState.ResultUnderReview || row.State == SurveyState.Reported
        || (row.State == SurveyState.Cancelled && row.NoticePath != null));

    /// <summary>A page that says what a survey takes today is another one tomorrow.</summary>
    public static void ExpireTomorrow(this HttpContext http, TimeProvider clock) =>
        http.ExpireBy(BeijingTime.StartOf(BeijingTime.Date(clock.GetUtcNow()).AddDays(1)), clock);
}

/// <summary>网上调查: what is open, what awaits its result, what has one.</summary>
internal sealed class BrowseSurveysEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage(
            "/surveys",
            async (string? cursor, HttpContext http, ICurrentSite current, TimeProvider clock, ISender sender, CancellationToken cancellationToken) =>
            {
                http.Tag(CacheTags.Interaction(current.Site!.Id));
                http.ExpireTomorrow(clock);
                var found = await sender.Send(new BrowseSurveys(cursor), cancellationToken);
                return BrowseSurveysPage.Of(found.Value);
            },
            "cursor").AddEndpointFilter<OpenSiteFilter>();
}
