using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews.ListInterviews;

/// <summary>Which interviews a list shows.</summary>
public enum InterviewSet
{
    /// <summary>筹备和预告: whatever is ahead, and what is on air.</summary>
    Ahead,

    /// <summary>实录待发布</summary>
    Transcript,

    /// <summary>已办结</summary>
    Over,
}

/// <summary>Interviews over all sites of the person's grants.</summary>
public sealed record ListInterviews : IRequest<Outcome<InterviewList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;

    public InterviewSet Set { get; init; }

    /// <summary>Part of a topic.</summary>
    public string Text { get; init; } = "";

    public string? Cursor { get; init; }
}

/// <summary>A list, the sizes of all, and whether one may plan here.</summary>
public sealed record InterviewList(Page<InterviewRow> Rows, IReadOnlyDictionary<InterviewSet, int> Counts, bool MayPlan);

/// <summary>A line.</summary>
public sealed record InterviewRow(
    Guid Id, string Topic, string SiteName, InterviewState State, DateTimeOffset StartsAt, int DaysLeft, int Pending, DateOnly? TranscriptDue,
    bool Late, bool NoticeShort);

internal sealed class ListInterviewsHandler(
    InteractionDbContext db, InterviewScope scope, LetterCalendars calendars, ISites sites, ICurrentSite currentSite, TimeProvider clock)
    : IRequestHandler<ListInterviews, Outcome<InterviewList>>
{
    private const int Size = 40;

    public async Task<Outcome<InterviewList>> Handle(ListInterviews request, CancellationToken cancellationToken)
    {
        var person = scope.Person();
        if (!person.Succeeded)
        {
            return person.Failure;
        }

        var reach = scope.Reach(person.Value);
        var within = db.Interviews.AsNoTracking().Where(row => reach.Contains(row.SiteId));
        var states = await within.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var counts = Enum.GetValues<InterviewSet>().ToDictionary(
            set => set, set => states.Where(row => InterviewSets.Of(set).Contains(row.Key)).Sum(row => row.Count));
        var wanted = InterviewSets.Of(request.Set);
        var found = within.Where(row => wanted.Contains(row.State));
        if (PublicText.Line(request.Text) is { Length: > 0 } words)
        {
            found = found.Where(row => row.Topic.Contains(words));
        }

        return new InterviewList(
            await PageAsync(found, Cursor.Parse(request.Cursor), cancellationToken), counts,
            currentSite.Site is { } site && person.Value.Can(Permission.ManageInterviews, site));
    }

    private async Task<Page<InterviewRow>> PageAsync(IQueryable<Interview> found, Cursor? cursor, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            found = back
                ? found.Where(row => row.StartsAt > edge.At || (row.StartsAt == edge.At && row.Id > edge.Id))
                : found.Where(row => row.StartsAt < edge.At || (row.StartsAt == edge.At && row.Id < edge.Id));
        }

        var ordered = back
            ? found.OrderBy(row => row.StartsAt).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.StartsAt).ThenByDescending(row => row.Id);
        var rows = await ordered.Take(Size + 1)
            .Select(row => new
            {
                Interview = row,
                Pending = db.InterviewQuestions.Count(question => question.InterviewId == row.Id && question.State == QuestionState.Pending),
            })
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
            new Cursor(rows[index].Interview.StartsAt, rows[index].Interview.Id, backwards).ToString();
        return new Page<InterviewRow>(
            [.. rows.Select(row => RowOf(row.Interview, row.Pending))],
            rows.Count > 0 && (back || more) ? Edge(rows.Count - 1, false) : null,
            rows.Count > 0 && (back ? more : cursor is not null) ? Edge(0, true) : null);
    }

    private InterviewRow RowOf(Interview row, int pending)
    {
        var (today, calendar) = (BeijingTime.Date(clock.GetUtcNow()), calendars.Of(row.SiteId));
        return new InterviewRow(
            row.Id, row.Topic, sites.ById(row.SiteId)?.Name ?? "", row.State, row.StartsAt,
            BeijingTime.Date(row.StartsAt).DayNumber - today.DayNumber, pending,
            row.State is InterviewState.Ended or InterviewState.TranscriptUnderReview ? InterviewDays.TranscriptDue(row, calendar) : null,
            InterviewDays.IsTranscriptLate(row, calendar, today),
            row.NoticeReason.Length == 0 && InterviewFlow.Ahead.Contains(row.State) && InterviewDays.IsNoticeShort(row, calendar, today));
    }
}

/// <summary>The sets, as states.</summary>
internal static class InterviewSets
{
    public static InterviewState[] Of(InterviewSet set) => set switch
    {
        InterviewSet.Ahead =>
            [InterviewState.Planned, InterviewState.AnnouncementUnderReview, .. InterviewFlow.Ahead, InterviewState.Live],
        InterviewSet.Transcript => [InterviewState.Ended, InterviewState.TranscriptUnderReview],
        _ => [InterviewState.Published, InterviewState.Cancelled],
    };
}
