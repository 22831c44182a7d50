using Portal.Interaction.Announcements;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>An interview with what its next steps depend on.</summary>
internal sealed class InterviewCase(
    Interview interview, IReadOnlyList<InterviewEvent> events, int openQuestions, AnnouncementStanding? standing, WorkingCalendar calendar)
{
    public Interview Interview => interview;

    public IReadOnlyList<InterviewEvent> Events => events;

    /// <summary>Questions that nobody has answered, merged or refused.</summary>
    public int OpenQuestions => openQuestions;

    /// <summary>Where the reviews stand of what was last submitted; null when nothing is under review.</summary>
    public AnnouncementStanding? Standing => standing;

    public WorkingCalendar Calendar => calendar;
}

/// <summary>What follows from an interview's days. Late and short are worked out, never stored.</summary>
internal static class InterviewDays
{
    /// <summary>The first day on which an interview may be held that is announced on <paramref name="announced"/> (G-38).</summary>
    public static DateOnly Earliest(DateOnly announced, WorkingCalendar calendar) =>
        calendar.AddWorkdays(announced, InterviewLimit.Of(announced).Notice);

    /// <summary>Is, or would be, the announcement later than the rule asks?</summary>
    public static bool IsNoticeShort(Interview interview, WorkingCalendar calendar, DateOnly today) =>
        BeijingTime.Date(interview.StartsAt) < Earliest(
            interview.AnnouncedAt is { } at ? BeijingTime.Date(at) : today, calendar);

    /// <summary>The last day to publish the transcript; null before the end.</summary>
    public static DateOnly? TranscriptDue(Interview interview, WorkingCalendar calendar) =>
        interview.EndedAt is { } ended && BeijingTime.Date(ended) is var day
            ? calendar.AddWorkdays(day, InterviewLimit.Of(day).Transcript)
            : null;

    /// <summary>The last day to answer what was left open; null before the end.</summary>
    public static DateOnly? AnswersDue(Interview interview, WorkingCalendar calendar) =>
        interview.EndedAt is { } ended && BeijingTime.Date(ended) is var day
            ? calendar.AddWorkdays(day, InterviewLimit.Of(day).Answer)
            : null;

    /// <summary>Was, or is, the transcript late?</summary>
    public static bool IsTranscriptLate(Interview interview, WorkingCalendar calendar, DateOnly today) =>
        TranscriptDue(interview, calendar) is { } due
        && (interview.PublishedAt is { } at ? BeijingTime.Date(at) : today) > due;
}
