namespace Portal.Interaction.Consultations;

/// <summary>All that a consultation tells the public, apart from its report.</summary>
public sealed record ConsultationText
{
    public string Title { get; init; } = "";

    public ConsultationKind? Kind { get; init; }

    /// <summary>Why the matter is before the public.</summary>
    public string Background { get; init; } = "";

    /// <summary>起草说明</summary>
    public string Explanation { get; init; } = "";

    public IReadOnlyList<DraftClause> Clauses { get; init; } = [];

    /// <summary>The next clause that is new gets this number, so that none is ever given twice.</summary>
    public int NextClause { get; init; } = 1;

    /// <summary>The first and the last day on which opinions are taken.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Why the period is shorter than the rule asks; the public reads it .</summary>
    public string ShortReason { get; init; } = "";

    /// <summary>Where to send opinions on paper.</summary>
    public string Post { get; init; } = "";

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>The companion interpretation, as a path on the site.</summary>
    public string Interpretation { get; init; } = "";

    /// <summary>Responsible unit and contact.</summary>
    public string Unit { get; init; } = "";

    public string Contact { get; init; } = "";

    public IReadOnlyList<ConsultationFile> Files { get; init; } = [];

    /// <summary>Why the last day was moved.</summary>
    public string ExtensionReason { get; init; } = "";

    /// <summary>Why it ends without a result.</summary>
    public string CancelReason { get; init; } = "";

    /// <summary>The clause of an id, or null.</summary>
    public DraftClause? Clause(string? id) =>
        id is { Length: > 0 } ? Clauses.FirstOrDefault(clause => clause.Id == id && !clause.IsHeading) : null;
}

/// <summary>A clause of the draft, or a chapter's heading before some.</summary>
/// <param name="Id">Stays as long as the text does, whatever number it gets.</param>
/// <param name="Number"><c>第三条</c>; empty for a heading and for words before the first clause.</param>
/// <param name="Text">Its text; a heading's words.</param>
/// <param name="IsHeading">It is a heading: nobody writes to one.</param>
public sealed record DraftClause(string Id, string Number, string Text, bool IsHeading = false)
{
    /// <summary>How it is named where its text is not shown.</summary>
    public string Label => Number.EndsWith('条') ? Number
        // 第4项 and 第四项: what a draft numbers 4. or 四、.
        : Number.Length > 0 ? $"第{Number}项"
        : Text.Length > 20 ? Text[..20] + "…" : Text;
}

/// <summary>A file beside the draft.</summary>
public sealed record ConsultationFile(string Name, string MediaType, string BlobHash, int Size);
