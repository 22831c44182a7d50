namespace Portal.Interaction.Letters;

/// <summary>Who wrote and what: everything personal of a letter.</summary>
public sealed record WrittenLetter
{
    public string Name { get; init; } = "";

    /// <summary>May be empty: the code is the way back.</summary>
    public string Phone { get; init; } = "";

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";
}

/// <summary>A file as its paper knows it.</summary>
internal sealed record LetterFile(string Name, string MediaType, int Size);

/// <summary>A reply in the making.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">What the writer reads.</param>
internal sealed record ReplyDraft(ReplyOutcome Outcome, string Text);

/// <summary>What became of what the letter wants; the writer and the statistics see it.</summary>
public enum ReplyOutcome
{
    /// <summary>已解决</summary>
    Settled,

    /// <summary>已答复: asked for an answer, and has one.</summary>
    Answered,

    /// <summary>已采纳</summary>
    Adopted,

    /// <summary>列入计划</summary>
    Planned,

    /// <summary>无法办理: always with an explanation (Opinion art. 4).</summary>
    Unable,
}
