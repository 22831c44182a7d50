using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>What is filled in for a step; which of it counts depends on the step.</summary>
public sealed record InterviewInput
{
    public InterviewTrigger Trigger { get; init; }

    /// <summary>The version of the interview the person saw.</summary>
    public int Version { get; init; }

    /// <summary>Why: the public reads it, but for what is returned to its desk.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The new day and time of a postponement, as Beijing has them.</summary>
    public string Day { get; init; } = "";

    public string Time { get; init; } = "";

    /// <summary>What was said, in short.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The mailbox that answers what was left open.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>The end is meant: nobody goes on air again after it.</summary>
    public bool Sure { get; init; }

    /// <summary>The numbers of persons in what is submitted were looked at, and belong before the public.</summary>
    public bool NumbersSeen { get; init; }
}

/// <summary>What must hold for a step besides state and person.</summary>
internal static class InterviewRules
{
    public const int MaximumReason = 500;
    public const int MaximumDigest = 2000;

    /// <summary>How long before the planned time one may go on air.</summary>
    public static readonly TimeSpan EarlyStart = TimeSpan.FromMinutes(30);

    /// <summary>What stands in the way of a step now, whatever is filled in: the key of a message, or null.</summary>
    public static string? Hindrance(InterviewCase found, InterviewTrigger trigger, DateTimeOffset now)
    {
        var interview = found.Interview;
        var isShort = interview.NoticeReason.Length == 0
            && InterviewDays.IsNoticeShort(interview, found.Calendar, BeijingTime.Date(now));
        return trigger switch
        {
            InterviewTrigger.SubmitAnnouncement when interview.StartsAt <= now => "Rule.StartPast",
            // G-38: so many days before, or with a reason that the public reads.
            InterviewTrigger.SubmitAnnouncement when isShort => "Rule.NoticeShort",
            InterviewTrigger.Start when isShort => "Rule.StartNoticeShort",
            InterviewTrigger.Start when now < interview.StartsAt - EarlyStart => "Rule.StartEarly",
            InterviewTrigger.Pause when interview.IsPaused => "Rule.Paused",
            InterviewTrigger.Resume when !interview.IsPaused => "Rule.NotPaused",
            InterviewTrigger.HandOver when found.OpenQuestions == 0 => "Rule.NoOpenQuestions",
            InterviewTrigger.SubmitTranscript when interview.LastUtterance == 0 => "Rule.NoTranscript",
            InterviewTrigger.SubmitTranscript when found.OpenQuestions > 0 => "Rule.OpenQuestions",
            InterviewTrigger.RecallAnnouncement or InterviewTrigger.RecallTranscript
                when found.Standing is { IsFree: false } => "Rule.UnderReview",
            _ => null,
        };
    }

    /// <summary>What is wrong with what was filled in: a field and the key of a message.</summary>
    public static IEnumerable<FieldError> Faults(InterviewCase found, InterviewInput input, DateTimeOffset now, Func<string, string> text)
    {
        if (!PublicText.Fits(input.Reason, MaximumReason))
        {
            yield return new FieldError(nameof(input.Reason), text("Fault.ReasonLong"));
        }

        if (input.Reason.Length < 5 && NeedsReason(found.Interview.State, input.Trigger))
        {
            yield return new FieldError(nameof(input.Reason), text("Fault.Reason"));
        }

        switch (input.Trigger)
        {
            case InterviewTrigger.Postpone when InterviewTimes.Read(input.Day, input.Time) is var at && (at is null || at <= now || at <= found.Interview.StartsAt):
                yield return new FieldError(nameof(input.Day), text("Fault.Later"));
                break;
            case InterviewTrigger.SubmitTranscript when input.Digest.Length < 20 || !PublicText.Fits(input.Digest, MaximumDigest):
                yield return new FieldError(nameof(input.Digest), text("Fault.Digest"));
                break;
            case InterviewTrigger.End when !input.Sure:
                yield return new FieldError(nameof(input.Sure), text("Fault.Sure"));
                break;
            case InterviewTrigger.HandOver when input.MailboxId is null:
                yield return new FieldError(nameof(input.MailboxId), text("Fault.Mailbox"));
                break;
        }
    }

    // Of what was never announced the public need not hear that it does not take place.
    private static bool NeedsReason(InterviewState state, InterviewTrigger trigger) => trigger switch
    {
        InterviewTrigger.ExplainNotice or InterviewTrigger.Postpone or InterviewTrigger.Reopen => true,
        InterviewTrigger.Cancel => state != InterviewState.Planned,
        _ => false,
    };
}

/// <summary>Days and times of forms.</summary>
internal static class InterviewTimes
{
    /// <summary>The instant of a day and a time in Beijing; null when either cannot be read.</summary>
    public static DateTimeOffset? Read(string day, string time) =>
        DateOnly.TryParseExact(day.Trim(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date)
        && TimeOnly.TryParseExact(time.Trim(), ["HH:mm", "H:mm", "HH:mm:ss"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var hour)
        && date.Year is > 2000 and < 2100
            ? BeijingTime.StartOf(date) + hour.ToTimeSpan()
            : null;
}
