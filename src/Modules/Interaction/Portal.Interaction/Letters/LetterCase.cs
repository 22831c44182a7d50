using System.Globalization;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>A letter with its steps: everything that follows from them.</summary>
internal sealed class LetterCase(
    Letter letter, IReadOnlyList<LetterEvent> events, IReadOnlyList<LetterAssignment> assignments, WorkingCalendar calendar)
{
    public Letter Letter => letter;

    public IReadOnlyList<LetterEvent> Events => events;

    /// <summary>The units that have the letter now.</summary>
    public IReadOnlyList<LetterAssignment> Assignments => assignments;

    public WorkingCalendar Calendar => calendar;

    /// <summary>What held when the letter came holds for it to its end.</summary>
    public LetterLimit Limit => LetterLimits.Of(letter.Kind, BeijingTime.Date(letter.SubmittedAt));

    public LetterEvent? Last(LetterTrigger trigger) => events.LastOrDefault(row => row.Trigger == trigger);

    /// <summary>The clock of the reply; it runs from the day the letter came (S-10).</summary>
    public ClockReading Reply
    {
        get
        {
            // A question after the reply is a new debt with a limit of its own.
            var asked = Last(LetterTrigger.FollowUp);
            return DeadlineClock.Read(
                new ClockRule(ClockUnit.Workdays, asked is null ? Limit.Reply : Limit.FollowUp), ClockEvents(asked?.Sequence ?? 1), calendar);
        }
    }

    /// <summary>Working days that an answer on this day took, without those on which the clock stood.</summary>
    public int WorkdaysTo(DateOnly day) =>
        calendar.CountWorkdays(events[0].Day, day)
        - Reply.Pauses.Sum(pause => calendar.CountWorkdays(pause.After, pause.Through is { } through && through < day ? through : day));

    /// <summary>What a reply adds to the figures: working days to the first one, and whether every one went out in time.</summary>
    public (int Workdays, bool OnTime) Answered(LetterEvent reply, int? workdays, bool? onTime) =>
        (workdays ?? WorkdaysTo(reply.Day), onTime != false && !Reply.IsLate(reply.At));

    /// <summary>The same for all replies so far, from the steps alone; null when none went out.</summary>
    public (int Workdays, bool OnTime)? AnsweredFromSteps()
    {
        (int Workdays, bool OnTime)? answered = null;
        foreach (var (step, index) in events.Select((step, index) => (step, index)).Where(row => row.step.Trigger == LetterTrigger.ApproveReply))
        {
            answered = new LetterCase(letter, [.. events.Take(index + 1)], [], calendar).Answered(step, answered?.Workdays, answered?.OnTime);
        }

        return answered;
    }

    /// <summary>The last day to read the letter and take it or not.</summary>
    public DateOnly? AcceptDue => letter.State == LetterState.Submitted
        ? DeadlineClock.Read(
            new ClockRule(ClockUnit.Workdays, Limit.Accept), [new ClockStarted(BeijingTime.StartOf(events[0].Day))], calendar).DueOn
        : null;

    /// <summary>The last day for what the writer was asked to add.</summary>
    public DateOnly? SupplementDue => letter.State == LetterState.Supplementing && Last(LetterTrigger.AskSupplement) is { } asked
        ? calendar.AddWorkdays(asked.Day, int.Parse(asked.Facts["days"], CultureInfo.InvariantCulture))
        : null;

    /// <summary>An extension that waits for the head.</summary>
    public LetterEvent? PendingExtension =>
        events.LastOrDefault(row => row.Trigger is LetterTrigger.AskExtension or LetterTrigger.GrantExtension
            or LetterTrigger.RefuseExtension or LetterTrigger.Transfer or LetterTrigger.Withdraw) is { Trigger: LetterTrigger.AskExtension } asked
            ? asked
            : null;

    /// <summary>The grants, each with the step that had asked for it.</summary>
    public IEnumerable<(LetterEvent Asked, LetterEvent Granted)> Extensions => events
        .Where(row => row.Trigger == LetterTrigger.GrantExtension)
        .Select(granted => (events.Last(row => row.Trigger == LetterTrigger.AskExtension && row.Sequence < granted.Sequence), granted));

    /// <summary>Has more time been granted for the reply that is owed now?</summary>
    public bool IsExtended => Since(LetterTrigger.FollowUp).Any(row => row.Trigger == LetterTrigger.GrantExtension);

    /// <summary>Everybody who wrote in the reply that is up for approval.</summary>
    public IReadOnlySet<Guid> Drafters => Since(LetterTrigger.FollowUp)
        .Where(row => row.Trigger is LetterTrigger.Draft or LetterTrigger.SubmitReply && row.ActorId is not null)
        .Select(row => row.ActorId!.Value).ToHashSet();

    private IEnumerable<LetterEvent> Since(LetterTrigger trigger)
    {
        var from = Last(trigger)?.Sequence ?? 0;
        return events.Where(row => row.Sequence > from);
    }

    // A step counts from its day, whenever it was entered.
    private List<ClockEvent> ClockEvents(int from)
    {
        List<ClockEvent> clock = [];
        foreach (var row in events.Where(row => row.Sequence >= from))
        {
            var at = BeijingTime.StartOf(row.Day);
            ClockEvent? happened = row.Sequence == from
                ? new ClockStarted(at)
                : row.Trigger switch
                {
                    LetterTrigger.AskSupplement => new ClockPaused(at),
                    LetterTrigger.Supplement or LetterTrigger.LapseSupplement => new ClockResumed(at),
                    LetterTrigger.GrantExtension => new ClockExtended(at, Limit.Extended - Limit.Reply),
                    LetterTrigger.ApproveReply or LetterTrigger.Decline or LetterTrigger.Merge or LetterTrigger.Withdraw
                        => new ClockStopped(at),
                    _ => null,
                };
            if (happened is not null)
            {
                clock.Add(happened);
            }
        }

        return clock;
    }
}
