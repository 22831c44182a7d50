namespace Portal.Interaction.ErrorReports;

/// <summary>What was written of an error, and how to reach who wrote it: everything of a report that is sealed.</summary>
public sealed record WrittenReport
{
    /// <summary>The passage of the page.</summary>
    public string Quote { get; init; } = "";

    /// <summary>A few words before and after it, as a text fragment names a place.</summary>
    public string Prefix { get; init; } = "";

    public string Suffix { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What it should say; may be empty.</summary>
    public string Proposal { get; init; } = "";

    /// <summary>May be empty: the code is the way back.</summary>
    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";
}
