using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests;

/// <summary>What a form of a step may hold; each step takes what it needs.</summary>
public sealed record RequestInput
{
    public RequestTrigger Trigger { get; init; }

    /// <summary>The version of the case that the person saw.</summary>
    public int Version { get; init; }

    /// <summary>The day from which it counts; null: today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Fields that were filled in with what cannot be read: never taken for something else.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>A remark for the file.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the applicant reads: what to correct, why longer, what is asked of a third party.</summary>
    public string Text { get; init; } = "";

    /// <summary>Working days: for a correction, for reasons, or by which the answer is deferred.</summary>
    public int Days { get; init; }

    /// <summary>Who is being heard, and as what.</summary>
    public string Party { get; init; } = "";

    public ConsultedParty PartyKind { get; init; }

    /// <summary>What who was heard says.</summary>
    public ConsultedOpinion? Opinion { get; init; }

    public FeeMode FeeMode { get; init; }

    /// <summary>Pages, or requests of the month up to and including this one.</summary>
    public int Units { get; init; }

    /// <summary>Row of Table 3.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Facts and reasons of the answer.</summary>
    public string Grounds { get; init; } = "";

    /// <summary>What is given, or where it is found.</summary>
    public string Content { get; init; } = "";

    /// <summary>The number of the request that was answered before, where this one repeats it.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>Files that came with the step, inspected.</summary>
    public IReadOnlyList<InspectedFile> Files { get; init; } = [];

    /// <summary>Of the files of the draft before, those that stay.</summary>
    public IReadOnlyList<Guid> KeptFiles { get; init; } = [];

    /// <summary>How it was handed over, and the number of the proof.</summary>
    public DeliveryWay Way { get; init; }

    public string Proof { get; init; } = "";

    /// <summary>The colleague who takes the case over.</summary>
    public Guid? HandlerId { get; init; }

    public string HandlerName { get; init; } = "";
}

/// <summary>An answer as it is drafted: kept sealed with the papers.</summary>
internal sealed record AnswerDraft(string Outcome, string Grounds, string Content)
{
    /// <summary>The request that this one repeats.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>The files that go out with it.</summary>
    public IReadOnlyList<AnswerFile> Files { get; init; } = [];
}

/// <summary>A file of an answer.</summary>
/// <param name="PaperId">Where it lies.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Size">Bytes.</param>
public sealed record AnswerFile(Guid PaperId, string Name, int Size);

/// <summary>As what somebody is heard.</summary>
public enum ConsultedParty
{
    /// <summary>第三方 (R-16)</summary>
    Third,

    /// <summary>其他机关 (R-17)</summary>
    Agency,

    /// <summary>共同制作机关 (R-18)</summary>
    Maker,
}

/// <summary>What somebody who was heard says.</summary>
public enum ConsultedOpinion
{
    Agrees,
    Objects,

    /// <summary>Nothing until the last day: a maker agrees by it, for a third party the office decides.</summary>
    Silent,
}
