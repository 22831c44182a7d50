using System.Diagnostics.CodeAnalysis;

namespace Portal.Publishing.RichText;

internal enum RichFault
{
    TooLarge,
    TooDeep,
    TooManyNodes,
    NotJson,
    NotADocument,
    UnknownNode,
    UnknownMark,
    MisplacedNode,
    InvalidAttribute,
    LinkNotAllowed,
    TooComplex,
}

/// <summary>
/// Why a text was refused: the fault, the node or attribute it names, and where it stands (0/2/1 from the root).
/// </summary>
internal sealed record RichError(RichFault Fault, string Name = "", string Path = "");

/// <summary>Something that was left out because it may not be shown, for example "script" twice.</summary>
internal sealed record Removed(string Name, int Count);

/// <summary>The answer of every reader: a document, or the reason why there is none.</summary>
internal sealed record Reading
{
    private Reading(RichDocument? document, RichError? error, IReadOnlyList<Removed> removed) =>
        (Document, Error, Removed) = (document, error, removed);

    [MemberNotNullWhen(true, nameof(Document))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Document is not null;

    public RichDocument? Document { get; }

    public RichError? Error { get; }

    public IReadOnlyList<Removed> Removed { get; }

    public static Reading Of(RichDocument document, IReadOnlyList<Removed>? removed = null) =>
        new(document, null, removed ?? []);

    public static Reading Refused(RichError error) => new(null, error, []);
}

/// <summary>Thrown inside a reader and turned into <see cref="Reading.Error"/> at its edge.</summary>
internal sealed class RichTextException(RichError error) : Exception(error.ToString())
{
    public RichError Error { get; } = error;
}
