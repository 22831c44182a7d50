using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>A letter as staff see it: what is personal in it is masked.</summary>
public sealed record LetterView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required string SiteName { get; init; }

    public required string Mailbox { get; init; }

    /// <summary>Masked; empty once erased.</summary>
    public required string Subject { get; init; }

    public required LetterKind Kind { get; init; }

    public required LetterChannel Channel { get; init; }

    public required LetterState State { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The day from which the time counts.</summary>
    public required DateOnly ReceivedOn { get; init; }

    public required bool MayPublish { get; init; }

    /// <summary>Was the writer ever asked that?</summary>
    public required bool AskedToPublish { get; init; }

    /// <summary>What was odd about it when it came.</summary>
    public required IReadOnlyList<string> Suspicions { get; init; }

    /// <summary>Masked; name and phone are empty for a unit that only helps. Null once erased.</summary>
    public WrittenLetter? Text { get; init; }

    /// <summary>Does the person learn of the writer at all?</summary>
    public required bool KnowsWriter { get; init; }

    public required bool MayReveal { get; init; }

    public required IReadOnlyList<LetterFileLine> Files { get; init; }

    public required ClockReading Reply { get; init; }

    public required bool Late { get; init; }

    public required bool Near { get; init; }

    public int? DaysLeft { get; init; }

    public required IReadOnlyList<ClockDay> Days { get; init; }

    /// <summary>The rule that sets the time.</summary>
    public required string Rule { get; init; }

    public DateOnly? AcceptDue { get; init; }

    public DateOnly? SupplementDue { get; init; }

    public string? HandlerName { get; init; }

    public required IReadOnlyList<LetterPart> Parts { get; init; }

    public required IReadOnlyList<LetterPaperText> Papers { get; init; }

    public required IReadOnlyList<LetterLine> Steps { get; init; }

    public required IReadOnlyList<LetterAct> Acts { get; init; }

    /// <summary>The draft that counts now.</summary>
    public LetterInput? Draft { get; init; }

    /// <summary>Why more time is asked for, while the head has not said.</summary>
    public string? Extension { get; init; }

    public int? Rating { get; init; }

    /// <summary>Templates that can be placed in the reply.</summary>
    public IReadOnlyList<Choice> Templates { get; init; } = [];

    public required int SupplementDays { get; init; }

    /// <summary>Units that it can be given to.</summary>
    public IReadOnlyList<Choice> Units { get; init; } = [];

    /// <summary>Letters of the same content, and those that were joined to this one.</summary>
    public IReadOnlyList<LikeLetter> Like { get; init; } = [];
}

/// <summary>A unit that has the letter.</summary>
public sealed record LetterPart(string Unit, bool Leads, DateOnly? InnerDueOn);

/// <summary>What was written in the course of the letter, masked where the writer's words are in it.</summary>
public sealed record LetterPaperText(LetterPaperKind Kind, DateTimeOffset At, string Text, ReplyOutcome? Outcome);

/// <summary>A file of the writer.</summary>
public sealed record LetterFileLine(Guid Id, string Name, int Size);

/// <summary>A step of the timeline.</summary>
public sealed record LetterLine(
    LetterTrigger Trigger, LetterState State, DateTimeOffset At, DateOnly Day, string? Person, string? Unit, string? Note,
    IReadOnlyDictionary<string, string> Facts);

/// <summary>Something that may be done next.</summary>
/// <param name="Trigger">What.</param>
/// <param name="Hindrance">Why not now; null: it may.</param>
public sealed record LetterAct(LetterTrigger Trigger, string? Hindrance);

/// <summary>Another letter.</summary>
/// <param name="Id">It.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Joined">It was joined to this one; else it only says the same.</param>
public sealed record LikeLetter(Guid Id, string Number, LetterState State, bool Joined);
