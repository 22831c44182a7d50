using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Publishing.Reviews.ListReviews;

/// <summary>What waits for the person, over all sites of the person's grants; the longest waiting first.</summary>
public sealed record ListReviews : IRequest<Outcome<ReviewQueue>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>One site only.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>One stage only.</summary>
    public ReviewStage? Stage { get; init; }

    /// <summary>Words of the title.</summary>
    public string Text { get; init; } = "";

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }
}

/// <summary>The queue.</summary>
/// <param name="Rows">The rows; <c>Older</c> is the page before, <c>Newer</c> the next one.</param>
/// <param name="Counts">How many wait at each stage of each site, all filters aside.</param>
/// <param name="Now">When it was read.</param>
public sealed record ReviewQueue(Page<WaitingRow> Rows, IReadOnlyList<WaitingCount> Counts, DateTimeOffset Now)
{
    /// <summary>How many wait in all.</summary>
    public int Total => Counts.Sum(count => count.Count);

    /// <summary>How many wait at a stage.</summary>
    public int At(ReviewStage stage) => Counts.Where(count => count.Stage == stage).Sum(count => count.Count);
}

/// <summary>How many editions wait at a stage of a site.</summary>
public sealed record WaitingCount(Guid SiteId, string SiteName, ReviewStage Stage, int Count);

/// <summary>An edition that waits; <c>Workdays</c> is how long, by the calendar of its site's region.</summary>
public sealed record WaitingRow(
    Guid EditionId,
    string ContentHash,
    int Number,
    EditionState State,
    string Title,
    string Type,
    string SiteName,
    string ChannelName,
    IReadOnlyList<string> Writers,
    DateTimeOffset SubmittedAt,
    int Workdays,
    DateTimeOffset? PublishAt,
    UnpublishingKind? Unpublishing,
    bool ReturnedBefore);

internal sealed class ListReviewsHandler(
    PublishingDbContext db, WaitingEditions waiting, ISites sites, ICalendars calendars, ICurrentActor current,
    TimeProvider clock)
    : IRequestHandler<ListReviews, Outcome<ReviewQueue>>
{
    private const int Size = 40;

    public async Task<Outcome<ReviewQueue>> Handle(ListReviews request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var rows = waiting.For(actor, request.Stage);
        if (request.SiteId is { } site)
        {
            rows = rows.Where(row => row.Edition.SiteId == site);
        }

        if (FormRules.Clean(request.Text) is { Length: > 0 } text)
        {
            rows = rows.Where(row => EF.Functions.ILike(row.Edition.Title, "%" + FormRules.Like(text) + "%", "\\"));
        }

        var counts = await CountAsync(waiting.For(actor), cancellationToken);
        return new ReviewQueue(
            await ReadAsync(rows, Cursor.Parse(request.Cursor), cancellationToken), counts, clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<WaitingCount>> CountAsync(
        IQueryable<EditionInChannel> rows, CancellationToken cancellationToken)
    {
        var counts = await rows.GroupBy(row => new { row.Edition.SiteId, row.Edition.State })
            .Select(group => new { group.Key.SiteId, group.Key.State, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. counts
                .Select(row => new WaitingCount(
                    row.SiteId, sites.ById(row.SiteId)?.Name ?? "",
                    ReviewEdition.ReviewEditionHandler.StageOf(row.State)!.Value, row.Count))
                .OrderBy(row => row.SiteName, StringComparer.Ordinal).ThenBy(row => row.Stage),
        ];
    }

    private async Task<Page<WaitingRow>> ReadAsync(
        IQueryable<EditionInChannel> rows, Cursor? cursor, CancellationToken cancellationToken)
    {
        var keyed = rows.Select(row => new { row.Edition, row.Channel, row.Type, At = row.Edition.SubmittedAt ?? row.Edition.UpdatedAt });
        if (cursor is { } edge)
        {
            // The longest waiting comes first: here the next page is the later one.
            keyed = edge.Backwards
                ? keyed.Where(row => row.At > edge.At || (row.At == edge.At && row.Edition.Id > edge.Id))
                : keyed.Where(row => row.At < edge.At || (row.At == edge.At && row.Edition.Id < edge.Id));
        }

        var back = cursor is { Backwards: false };
        var ordered = back
            ? keyed.OrderByDescending(row => row.At).ThenByDescending(row => row.Edition.Id)
            : keyed.OrderBy(row => row.At).ThenBy(row => row.Edition.Id);
        var found = await ordered
            .Select(row => new
            {
                row.Edition.Id,
                row.Edition.ContentHash,
                row.Edition.Number,
                row.Edition.State,
                row.Edition.Title,
                row.Type,
                row.Edition.SiteId,
                row.Channel.Name,
                row.At,
                row.Edition.PublishAt,
                row.Edition.Unpublishing,
                Returned = db.Reviews.Any(review =>
                    review.EditionId == row.Edition.Id && review.Decision == ReviewDecision.Returned),
            })
            .Take(Size + 1)
            .ToListAsync(cancellationToken);
        var more = found.Count > Size;
        if (more)
        {
            found.RemoveAt(Size);
        }

        if (back)
        {
            found.Reverse();
        }

        var writers = await waiting.WritersAsync(found.ConvertAll(row => row.Id), cancellationToken);
        var now = clock.GetUtcNow();
        var items = found.ConvertAll(row => new WaitingRow(
            row.Id, row.ContentHash, row.Number, row.State, row.Title, row.Type, sites.ById(row.SiteId)?.Name ?? "",
            row.Name, [.. writers[row.Id]], row.At,
            CalendarOf(row.SiteId).WorkdaysSince(row.At, now), row.PublishAt, row.Unpublishing, row.Returned));
        var later = items.Count > 0 && (back || more)
            ? new Cursor(items[^1].SubmittedAt, items[^1].EditionId, true).ToString() : null;
        var earlier = items.Count > 0 && (back ? more : cursor is not null)
            ? new Cursor(items[0].SubmittedAt, items[0].EditionId, false).ToString() : null;
        return new Page<WaitingRow>(items, earlier, later);
    }

    private WorkingCalendar CalendarOf(Guid siteId) => calendars.For(sites.ById(siteId)?.RegionCode ?? "");
}
