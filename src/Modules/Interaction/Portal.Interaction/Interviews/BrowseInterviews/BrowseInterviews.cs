using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews.BrowseInterviews;

/// <summary>The interviews of the current site: what is on air, what is ahead, and the archive.</summary>
public sealed record BrowseInterviews : IRequest<Outcome<InterviewOverview>>, IPublicRequest
{
    /// <summary>Words to find in topic, guests, summary and transcript.</summary>
    public string Words { get; init; } = "";

    public int? Year { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>What is shown.</summary>
public sealed record InterviewOverview(
    IReadOnlyList<InterviewLine> Live, IReadOnlyList<InterviewLine> Ahead, Page<InterviewLine> Archive, IReadOnlyList<int> Years);

internal sealed class BrowseInterviewsHandler(InterviewReader reader) : IRequestHandler<BrowseInterviews, Outcome<InterviewOverview>>
{
    private const int Size = 20;

    private static readonly InterviewState[] Running = [.. InterviewFlow.Ahead, InterviewState.Live];

    public async Task<Outcome<InterviewOverview>> Handle(BrowseInterviews request, CancellationToken cancellationToken)
    {
        var words = PublicText.Line(request.Words);
        var narrowed = words.Length > 0 || request.Year is not null;
        var running = narrowed
            ? []
            : await reader.Public.Where(row => Running.Contains(row.State))
                .OrderBy(row => row.StartsAt).ThenBy(row => row.Id).Take(50).ToListAsync(cancellationToken);
        var years = await reader.Public.Select(row => row.StartsAt).GroupBy(at => at.AddHours(8).Year).Select(group => group.Key)
            .OrderDescending().ToListAsync(cancellationToken);
        // A search looks everywhere; the archive holds what is over.
        var archive = narrowed ? reader.Public : reader.Public.Where(row => !Running.Contains(row.State));
        if (InterviewGrams.Of(words) is { Length: > 0 } grams)
        {
            archive = archive.Where(row => grams.All(gram => row.Grams.Contains(gram)));
        }
        else if (words.Length > 0)
        {
            archive = archive.Where(_ => false);
        }

        if (request.Year is { } year)
        {
            var (from, to) = (BeijingTime.StartOf(new DateOnly(year, 1, 1)).ToUniversalTime(), BeijingTime.StartOf(new DateOnly(year + 1, 1, 1)).ToUniversalTime());
            archive = archive.Where(row => row.StartsAt >= from && row.StartsAt < to);
        }

        return new InterviewOverview(
            [.. running.Where(row => row.State == InterviewState.Live).Select(reader.LineOf)],
            [.. running.Where(row => row.State != InterviewState.Live).Select(reader.LineOf)],
            await PageAsync(archive, Cursor.Parse(request.Cursor), cancellationToken), years);
    }

    private async Task<Page<InterviewLine>> PageAsync(IQueryable<Interview> found, Cursor? cursor, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            found = back
                ? found.Where(row => row.StartsAt > edge.At || (row.StartsAt == edge.At && row.Id > edge.Id))
                : found.Where(row => row.StartsAt < edge.At || (row.StartsAt == edge.At && row.Id < edge.Id));
        }

        var rows = await (back
            ? found.OrderBy(row => row.StartsAt).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.StartsAt).ThenByDescending(row => row.Id)).Take(Size + 1).ToListAsync(cancellationToken);
        var more = rows.Count > Size;
        if (more)
        {
            rows.RemoveAt(Size);
        }

        if (back)
        {
            rows.Reverse();
        }

        return new Page<InterviewLine>(
            [.. rows.Select(reader.LineOf)],
            rows.Count > 0 && (back || more) ? new Cursor(rows[^1].StartsAt, rows[^1].Id, false).ToString() : null,
            rows.Count > 0 && (back ? more : cursor is not null) ? new Cursor(rows[0].StartsAt, rows[0].Id, true).ToString() : null);
    }
}

/// <summary>A list with what was asked for.</summary>
public sealed record InterviewShelf(BrowseInterviews Request, InterviewOverview View);
