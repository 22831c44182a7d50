namespace Portal.Disclosure.Requests;

/// <summary>What a form of a step may hold; each step takes what it needs.</summary>
public sealed record RequestInput
{
    public RequestTrigger Trigger { get; init; }

    /// <summary>The version of the case that the person saw.</summary>
    public int Version { get; init; }

    /// <summary>The day from which it counts; null: today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>A remark for the file.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the applicant reads: what to correct, why longer, what is asked of a third party.</summary>
    public string Text { get; init; } = "";

    /// <summary>Working days for a correction.</summary>
    public int Days { get; init; }

    /// <summary>Who is being heard, and whether it is a third party or another agency.</summary>
    public string Party { get; init; } = "";

    public bool OtherAgency { get; init; }

    public FeeMode FeeMode { get; init; }

    /// <summary>Pages, or requests of the month up to and including this one.</summary>
    public int Units { get; init; }

    /// <summary>Row of Table 3.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Facts and reasons of the answer.</summary>
    public string Grounds { get; init; } = "";

    /// <summary>What is given, or where it is found.</summary>
    public string Content { get; init; } = "";

    /// <summary>How it was handed over, and the number of the proof.</summary>
    public DeliveryWay Way { get; init; }

    public string Proof { get; init; } = "";

    /// <summary>The colleague who takes the case over.</summary>
    public Guid? HandlerId { get; init; }

    public string HandlerName { get; init; } = "";
}

/// <summary>An answer as it is drafted: kept sealed with the papers.</summary>
internal sealed record AnswerDraft(string Outcome, string Grounds, string Content);
