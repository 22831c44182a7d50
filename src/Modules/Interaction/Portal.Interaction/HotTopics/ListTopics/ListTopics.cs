using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics.ListTopics;

/// <summary>What narrows a list of topics.</summary>
public record TopicFilter
{
    public TopicSet Set { get; init; }

    public TopicSeverity? Severity { get; init; }

    /// <summary>A number, or part of a title.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Topics over all sites of the person's grants.</summary>
public sealed record ListTopics : TopicFilter, IRequest<Outcome<TopicList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public string? Cursor { get; init; }
}

/// <summary>A list, and the sizes of all.</summary>
public sealed record TopicList(Page<TopicRow> Rows, IReadOnlyDictionary<TopicSet, int> Counts);

/// <summary>A line.</summary>
public sealed record TopicRow
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public required TopicState State { get; init; }

    public TopicSeverity? Severity { get; init; }

    public TopicNeed? Need { get; init; }

    public required string SiteName { get; init; }

    public string? UnitName { get; init; }

    public string? HandlerName { get; init; }

    public required DateTimeOffset NoticedAt { get; init; }

    public TopicDue? Due { get; init; }

    public DateTimeOffset? StatementAt { get; init; }

    public DateTimeOffset? BriefingAt { get; init; }

    /// <summary>Was something late when it came?</summary>
    public required bool WasLate { get; init; }
}

internal sealed class ListTopicsHandler(TopicSetsOf setsOf, TopicRows rows, ICurrentActor current) : IRequestHandler<ListTopics, Outcome<TopicList>>
{
    private const int Size = 40;

    public async Task<Outcome<TopicList>> Handle(ListTopics request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || setsOf.For(actor) is not { } sets)
        {
            return Failure.Forbidden;
        }

        var counts = await sets.CountAsync(cancellationToken);
        var byDue = request.Set is not (TopicSet.All or TopicSet.ToEvaluate);
        var page = await PageAsync(TopicRows.Filtered(sets.Of(request.Set), request), byDue, Cursor.Parse(request.Cursor), sets.Now, cancellationToken);
        return new TopicList(page, counts);
    }

    private async Task<Page<TopicRow>> PageAsync(
        IQueryable<HotTopic> found, bool byDue, Cursor? cursor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        var items = await (byDue ? ByUrgency(found, cursor, back) : ByNotice(found, cursor, back)).Take(Size + 1).ToListAsync(cancellationToken);
        var more = items.Count > Size;
        if (more)
        {
            items.RemoveAt(Size);
        }

        if (back)
        {
            items.Reverse();
        }

        string Edge(HotTopic row, bool backwards) => new Cursor(byDue ? TopicRows.UrgencyOf(row) : row.NoticedAt, row.Id, backwards).ToString();
        return new Page<TopicRow>(
            items.ConvertAll(row => rows.Of(row, now)),
            items.Count > 0 && (back || more) ? Edge(items[^1], false) : null,
            items.Count > 0 && (back ? more : cursor is not null) ? Edge(items[0], true) : null);
    }

    // By what is due the most urgent comes first, the late ones before all, and what owes nothing last.
    private static IQueryable<HotTopic> ByUrgency(IQueryable<HotTopic> found, Cursor? cursor, bool back)
    {
        var urgent = found.Select(row => new
        {
            Topic = row,
            At = row.Need == TopicNeed.Watch || row.Need == TopicNeed.None || !TopicFlow.Open.Contains(row.State)
                ? row.NoticedAt.AddDays(TopicRows.Far)
                : row.StatementAt == null ? row.StatementDueAt : row.BriefingDueAt ?? row.StatementDueAt,
        });
        if (cursor is { } edge)
        {
            urgent = back
                ? urgent.Where(row => row.At < edge.At || (row.At == edge.At && row.Topic.Id < edge.Id))
                : urgent.Where(row => row.At > edge.At || (row.At == edge.At && row.Topic.Id > edge.Id));
        }

        return (back
            ? urgent.OrderByDescending(row => row.At).ThenByDescending(row => row.Topic.Id)
            : urgent.OrderBy(row => row.At).ThenBy(row => row.Topic.Id)).Select(row => row.Topic);
    }

    private static IQueryable<HotTopic> ByNotice(IQueryable<HotTopic> found, Cursor? cursor, bool back)
    {
        if (cursor is { } edge)
        {
            found = back
                ? found.Where(row => row.NoticedAt > edge.At || (row.NoticedAt == edge.At && row.Id > edge.Id))
                : found.Where(row => row.NoticedAt < edge.At || (row.NoticedAt == edge.At && row.Id < edge.Id));
        }

        return back
            ? found.OrderBy(row => row.NoticedAt).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.NoticedAt).ThenByDescending(row => row.Id);
    }
}

/// <summary>Reads topics as lines of a list.</summary>
internal sealed class TopicRows(ISites sites, IStringLocalizer<TopicDeskText> text)
{
    /// <summary>Days by which what owes nothing stands behind what does.</summary>
    public const int Far = 36_500;

    /// <summary>The instant by which the list is ordered: what is owed next.</summary>
    public static DateTimeOffset UrgencyOf(HotTopic topic) =>
        topic.Need is TopicNeed.Watch or TopicNeed.None || !TopicFlow.Open.Contains(topic.State) ? topic.NoticedAt.AddDays(Far)
        : topic.StatementAt is null ? topic.StatementDueAt
        : topic.BriefingDueAt ?? topic.StatementDueAt;

    public static IQueryable<HotTopic> Filtered(IQueryable<HotTopic> found, TopicFilter filter)
    {
        if (filter.Severity is { } severity)
        {
            found = found.Where(row => row.Severity == severity);
        }

        if (PublicText.Line(filter.Text) is { Length: > 0 } words)
        {
            var number = TopicNumber.Normalise(words);
            if (TopicNumber.IsValid(number))
            {
                return found.Where(row => row.Number == number);
            }

            var pattern = Pattern(words);
            found = found.Where(row => EF.Functions.ILike(row.Number, pattern, "\\") || EF.Functions.ILike(row.Title, pattern, "\\"));
        }

        return found;
    }

    /// <summary>What contains the words, whatever signs they hold.</summary>
    public static string Pattern(string words) => "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    public TopicRow Of(HotTopic row, DateTimeOffset now) => new()
    {
        Id = row.Id,
        Number = row.Number,
        Title = row.Title,
        State = row.State,
        Severity = row.Severity,
        Need = row.Need,
        SiteName = sites.ById(row.SiteId)?.Name ?? "",
        UnitName = row.UnitName,
        HandlerName = row.HandlerName,
        NoticedAt = row.NoticedAt,
        Due = TopicDue.Of(row, now, text),
        StatementAt = row.StatementAt,
        BriefingAt = row.BriefingAt,
        WasLate = TopicCase.ClocksOf(row).Any(clock => clock.DoneAt is not null && clock.IsLate(now)),
    };
}
