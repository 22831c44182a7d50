using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>What is filled in for a step; which of it counts depends on the step.</summary>
public sealed record LetterInput
{
    public LetterTrigger Trigger { get; init; }

    /// <summary>The version of the letter the person saw.</summary>
    public int Version { get; init; }

    /// <summary>A remark for the file.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the writer reads: a reply, a question, a refusal; or what the writer says.</summary>
    public string Text { get; init; } = "";

    /// <summary>Working days to add what is asked for.</summary>
    public int Days { get; init; }

    /// <summary>Why a letter is not taken.</summary>
    public DeclineReason? Reason { get; init; }

    /// <summary>The number of the letter it says the same as.</summary>
    public string Into { get; init; } = "";

    /// <summary>The unit that is to answer, as its site.</summary>
    public Guid? LeadSiteId { get; init; }

    /// <summary>Units that are to help.</summary>
    public IReadOnlyList<Guid> HelperSiteIds { get; init; } = [];

    /// <summary>The inner last day for the helping units.</summary>
    public DateOnly? InnerDueOn { get; init; }

    public ReplyOutcome? Outcome { get; init; }

    /// <summary>1 to 5.</summary>
    public int Rating { get; init; }

    /// <summary>Files of the writer, inspected.</summary>
    internal IReadOnlyList<InspectedFile> Files { get; init; } = [];
}

/// <summary>Why a letter is not taken 不予受理; the writer is told, and where to go.</summary>
public enum DeclineReason
{
    /// <summary>不属于本级政府或部门职责</summary>
    NotResponsible,

    /// <summary>应当通过信访、诉讼、仲裁、行政复议等途径解决</summary>
    OtherProcedure,

    /// <summary>内容不清，无法联系</summary>
    Unclear,

    /// <summary>重复来信，已经答复</summary>
    AnsweredBefore,

    /// <summary>广告、辱骂等</summary>
    Abuse,
}
