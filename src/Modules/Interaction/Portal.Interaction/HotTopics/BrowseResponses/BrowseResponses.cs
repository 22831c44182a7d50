using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.HotTopics.ListTopics;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.BrowseResponses;

/// <summary>What the current site answered of what the public cared about (Opinion art. 3), narrowed and searched.</summary>
public sealed record BrowseResponses : IRequest<Outcome<ResponsesPage>>, IPublicRequest
{
    public const int LongestWords = 50;

    public TopicAnswerKind? Kind { get; init; }

    /// <summary>The responsible unit, by the key of its site.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Month of the response, its first day.</summary>
    public DateOnly? Month { get; init; }

    public string Words { get; init; } = "";

    public string? Cursor { get; init; }

    /// <summary>Is anything narrowed or searched?</summary>
    public bool IsNarrowed => this != new BrowseResponses { Cursor = Cursor };
}

/// <summary>A page of responses, by what it can be narrowed, and how many there were this year.</summary>
public sealed record ResponsesPage(
    Page<PublicResponse> Responses, IReadOnlyList<Choice> Units, IReadOnlyList<DateOnly> Months, int Year, int CountOfYear);

/// <summary>A response in a list: nothing but what went through the reviews, and the dates.</summary>
public sealed record PublicResponse(
    Guid Id, string Number, TopicAnswerKind Kind, string Title, string Summary, string UnitName, DateTimeOffset NoticedAt, DateTimeOffset PublicAt);

internal sealed class BrowseResponsesHandler(InteractionDbContext db, ICurrentSite current, ISites sites, TopicFigures figures, TimeProvider clock)
    : IRequestHandler<BrowseResponses, Outcome<ResponsesPage>>
{
    private const int Size = 20;

    public async Task<Outcome<ResponsesPage>> Handle(BrowseResponses request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var unit = request.Unit.Length > 0 ? sites.ByKey(request.Unit) : null;
        if (request.Unit.Length > 0 && unit is null)
        {
            return Failure.NotFound;
        }

        var all = db.HotTopics.AsNoTracking().Where(row => row.SiteId == site.Id && row.PublicAt != null);
        var cursor = Cursor.Parse(request.Cursor);
        var rows = await Listed(all, request, unit?.Id, cursor)
            .Select(row => new PublicResponse(
                row.Id, row.Number, row.PublicKind!.Value, row.PublicTitle!, row.PublicSummary!, row.UnitName ?? site.OrganisationName,
                row.NoticedAt, row.PublicAt!.Value))
            .ToListAsync(cancellationToken);
        // A site answers some hundred topics a year: what they can be narrowed by is read off them.
        var facets = await all.Select(row => new { row.UnitSiteId, PublicAt = row.PublicAt!.Value }).ToListAsync(cancellationToken);
        var year = BeijingTime.In(clock.GetUtcNow()).Year;
        return new ResponsesPage(
            PageOf(rows, cursor),
            [
                .. facets.Select(row => row.UnitSiteId).OfType<Guid>().Distinct().Select(sites.ById).OfType<SiteInfo>()
                    .OrderBy(row => row.Path.Count).ThenBy(row => row.OrganisationName, StringComparer.Ordinal)
                    .Select(row => new Choice(row.Key, row.OrganisationName)),
            ],
            [.. facets.Select(row => BeijingTime.Date(row.PublicAt)).Select(day => new DateOnly(day.Year, day.Month, 1)).Distinct().OrderDescending()],
            year, await figures.CountAsync(site.Id, year, cancellationToken));
    }

    private static IQueryable<HotTopic> Listed(IQueryable<HotTopic> found, BrowseResponses request, Guid? unitId, Cursor? cursor)
    {
        found = unitId is { } unit ? found.Where(row => row.UnitSiteId == unit) : found;
        found = request.Kind is { } kind ? found.Where(row => row.PublicKind == kind) : found;
        if (request.Month is { } month)
        {
            var (first, end) = (BeijingTime.StartOf(month), BeijingTime.StartOf(month.AddMonths(1)));
            found = found.Where(row => row.PublicAt >= first && row.PublicAt < end);
        }

        foreach (var word in PublicText.Line(request.Words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = TopicRows.Pattern(word);
            found = found.Where(row => EF.Functions.ILike(row.PublicTitle!, pattern, "\\") || EF.Functions.ILike(row.PublicSummary!, pattern, "\\"));
        }

        if (cursor is { } edge)
        {
            found = edge.Backwards
                ? found.Where(row => row.PublicAt > edge.At || (row.PublicAt == edge.At && row.Id > edge.Id))
                : found.Where(row => row.PublicAt < edge.At || (row.PublicAt == edge.At && row.Id < edge.Id));
        }

        return (cursor is { Backwards: true }
            ? found.OrderBy(row => row.PublicAt).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.PublicAt).ThenByDescending(row => row.Id)).Take(Size + 1);
    }

    private static Page<PublicResponse> PageOf(List<PublicResponse> rows, Cursor? cursor)
    {
        var back = cursor is { Backwards: true };
        var more = rows.Count > Size;
        var shown = rows.Take(Size).ToList();
        if (back)
        {
            shown.Reverse();
        }

        string Edge(PublicResponse row, bool backwards) => new Cursor(row.PublicAt, row.Id, backwards).ToString();
        return new Page<PublicResponse>(
            shown,
            shown.Count > 0 && (back || more) ? Edge(shown[^1], false) : null,
            shown.Count > 0 && (back ? more : cursor is not null) ? Edge(shown[0], true) : null);
    }
}
