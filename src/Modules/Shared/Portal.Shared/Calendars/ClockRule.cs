namespace Portal.Shared.Calendars;

/// <summary>How long something may take, and how its first day is counted. Rules are data of the modules, by version.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">How many of them; more than zero.</param>
public sealed record ClockRule(ClockUnit Unit, int Amount)
{
    /// <summary>
    /// Is the day on which the clock starts the first day? By default the next one is (民法典 art. 201). No meaning for hours.
    /// </summary>
    public bool CountsFirstDay { get; init; }

    /// <summary>
    /// What comes in at this time of day or later (Asia/Shanghai) counts as come in on the next day; null: at any time of
    /// the day. No meaning for hours.
    /// </summary>
    public TimeOnly? CutOff { get; init; }
}

/// <summary>What a clock counts.</summary>
public enum ClockUnit
{
    /// <summary>Hours of the wall clock, nights and holidays included (Opinion art. 2: 24 hours).</summary>
    Hours,

    /// <summary>Working days; the last one ends at 24:00 (Opinion art. 4: 7 and 15 working days).</summary>
    Workdays,

    /// <summary>Calendar days; a last day that is not worked gives way to the next working day (民法典 art. 203).</summary>
    Days,
}

/// <summary>Something that happened to a clock. Facts, kept by the module whose clock it is; what they mean is worked out.</summary>
/// <param name="At">When.</param>
public abstract record ClockEvent(DateTimeOffset At);

/// <summary>The time begins. The first event of every clock.</summary>
/// <param name="At">When.</param>
public sealed record ClockStarted(DateTimeOffset At) : ClockEvent(At);

/// <summary>The time stops running, such as while somebody else is being heard.</summary>
/// <param name="At">When.</param>
public sealed record ClockPaused(DateTimeOffset At) : ClockEvent(At);

/// <summary>The time runs again, with what had been left of it.</summary>
/// <param name="At">When.</param>
public sealed record ClockResumed(DateTimeOffset At) : ClockEvent(At);

/// <summary>The time begins anew in full, such as when a request was corrected.</summary>
/// <param name="At">When.</param>
public sealed record ClockRestarted(DateTimeOffset At) : ClockEvent(At);

/// <summary>More time was granted.</summary>
/// <param name="At">When.</param>
/// <param name="Amount">By how much, in the unit of the rule; a restart takes it back.</param>
public sealed record ClockExtended(DateTimeOffset At, int Amount) : ClockEvent(At);

/// <summary>What was due is done.</summary>
/// <param name="At">When.</param>
public sealed record ClockStopped(DateTimeOffset At) : ClockEvent(At);
