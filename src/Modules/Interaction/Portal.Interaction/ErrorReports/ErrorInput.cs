namespace Portal.Interaction.ErrorReports;

/// <summary>What is filled in for a step; which of it counts depends on the step.</summary>
public sealed record ErrorInput
{
    public ErrorTrigger Trigger { get; init; }

    /// <summary>The version of the report the person saw.</summary>
    public int Version { get; init; }

    /// <summary>A remark for the file.</summary>
    public string Note { get; init; } = "";

    /// <summary>The unit that is to handle it, as its site.</summary>
    public Guid? UnitSiteId { get; init; }

    public ErrorResult? Result { get; init; }

    /// <summary>What the reporter reads.</summary>
    public string Text { get; init; } = "";

    /// <summary>The number of the report it says the same as.</summary>
    public string Into { get; init; } = "";

    /// <summary>The other is of another page, and says the same all the same.</summary>
    public bool Sure { get; init; }

    /// <summary>The edition that put it right, already published.</summary>
    public Guid? CorrectedBy { get; init; }
}
