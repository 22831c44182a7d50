using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks for an edition that another module has composed, and submits it to the three reviews like any other. Its document
/// is of a type that nobody edits by hand, so that what is reviewed is what the module froze. The asking module looks after
/// who may do it; the person named becomes its author and may not review it. Sent twice, it changes nothing the second time.
/// </summary>
/// <remarks>Grows only.</remarks>
public sealed record ComposeDocument : IRequest<ComposedEdition>
{
    /// <summary>The document, named by the asking module; made with its first edition.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>What was composed: kept in the field <c>composition</c>, and so a part of what is reviewed.</summary>
    public required Guid CompositionId { get; init; }

    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The channel of that site.</summary>
    public required Guid ChannelId { get; init; }

    /// <summary>Key of a document type that is composed.</summary>
    public required string Type { get; init; }

    /// <summary>Last segment of the address.</summary>
    public required string Slug { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Summary.</summary>
    public required string Summary { get; init; }

    /// <summary>信息来源.</summary>
    public required string Source { get; init; }

    /// <summary>The body, part after part.</summary>
    public required IReadOnlyList<ComposedPart> Body { get; init; }

    /// <summary>Files to be attached.</summary>
    public IReadOnlyList<ComposedFile> Files { get; init; } = [];

    /// <summary>Who submits it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Name as the registers show it.</summary>
    public required string PersonName { get; init; }

    /// <summary>Full name of the person's organisation.</summary>
    public required string PersonUnit { get; init; }

    /// <summary>When (UTC): one time in the records of both modules.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A part of a body; it is read with the same caps and the same white list as what people paste.</summary>
/// <param name="Format"><c>html</c> or <c>markdown</c>.</param>
/// <param name="Text">The text.</param>
public sealed record ComposedPart(string Format, string Text);

/// <summary>A file of a composed document.</summary>
/// <param name="Name">File name.</param>
/// <param name="Label">The name readers see.</param>
/// <param name="Content">The bytes.</param>
public sealed record ComposedFile(string Name, string Label, byte[] Content);

/// <summary>The answer.</summary>
/// <param name="EditionId">The edition; null when it was refused.</param>
/// <param name="Faults">Why it was refused, in Chinese.</param>
public sealed record ComposedEdition(Guid? EditionId, IReadOnlyList<string> Faults);
