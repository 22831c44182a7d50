using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>The way to the interviews on channels of 互动交流.</summary>
internal sealed class InterviewEntries(IStringLocalizer<InterviewText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) => channelType == "Interaction"
        ? [new("interviews", text["List.Title"]), new("interviews/questions/follow", text["Follow.Title"])]
        : [];
}

/// <summary>The interviews' entry in the console's navigation, with the questions that nobody has read.</summary>
internal sealed class InterviewMenu(InteractionDbContext db, InterviewScope scope, IStringLocalizer<InterviewDeskText> text) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageInterviews))
        {
            return [];
        }

        var reach = scope.Reach(actor);
        var pending = await db.InterviewQuestions.CountAsync(
            row => row.State == QuestionState.Pending && db.Interviews.Any(interview =>
                interview.Id == row.InterviewId && reach.Contains(interview.SiteId) && InterviewFlow.Moderates.Contains(interview.State)),
            cancellationToken);
        return [new(ConsoleGroup.Interaction, 40, "/console/interviews", text["List.Title"], Permission.ManageInterviews, pending)];
    }
}

/// <summary>What is ahead, and which transcripts are due, for the console's first page.</summary>
internal sealed class InterviewCards(
    InteractionDbContext db, InterviewScope scope, LetterCalendars calendars, IStringLocalizer<InterviewDeskText> text,
    IStringLocalizer<InterviewText> names, TimeProvider clock) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 46;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageInterviews))
        {
            return [];
        }

        var reach = scope.Reach(actor);
        var today = BeijingTime.Date(clock.GetUtcNow());
        InterviewState[] ahead = [.. InterviewFlow.Ahead, InterviewState.Live];
        InterviewState[] due = [InterviewState.Ended, InterviewState.TranscriptUnderReview];
        var rows = await db.Interviews.AsNoTracking()
            .Where(row => reach.Contains(row.SiteId) && (ahead.Contains(row.State) || due.Contains(row.State)))
            .OrderBy(row => row.StartsAt).ThenBy(row => row.Id).Take(4 * Lines).ToListAsync(cancellationToken);
        return
        [
            new TodayCard(
                text["Card.Ahead"],
                [.. rows.Where(row => ahead.Contains(row.State)).Take(Lines).Select(row => new TodayLine(row.Topic, $"/console/interviews/{row.Id}", Ahead(row, today)))],
                "/console/interviews", text["Card.Ahead.None"]),
            new TodayCard(
                text["Card.Transcript"],
                [.. rows.Where(row => due.Contains(row.State)).Take(Lines).Select(row => new TodayLine(row.Topic, $"/console/interviews/{row.Id}", Due(row, today)))],
                "/console/interviews?set=Transcript", text["Card.Transcript.None"]),
        ];
    }

    private string Ahead(Interview row, DateOnly today)
    {
        var days = BeijingTime.Date(row.StartsAt).DayNumber - today.DayNumber;
        return row.State == InterviewState.Live || days < 0 ? names["State." + row.State]
            : days == 0 ? names["Days.Today"] : names["Days.Left", days];
    }

    private string Due(Interview row, DateOnly today)
    {
        var calendar = calendars.Of(row.SiteId);
        return InterviewDays.IsTranscriptLate(row, calendar, today)
            ? text["Late"]
            : text["Card.Due", InterviewDays.TranscriptDue(row, calendar)!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)];
    }
}
