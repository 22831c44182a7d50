using MediatR;

namespace Portal.Audit.Contracts;

/// <summary>
/// Asks for a statement of the platform, signed with the trail's key in the form of c2sp.org/signed-note, that anybody can check
/// with the public key under <c>/.well-known/portal-trail.pub</c>. A statement is never a checkpoint: its first line says so.
/// Null when the key is not there; whoever asks goes on without.
/// </summary>
/// <param name="Kind">What kind of statement: <c>letter-receipt</c>.</param>
/// <param name="Lines">What it says; none is empty, none breaks.</param>
public sealed record SignStatement(string Kind, IReadOnlyList<string> Lines) : IRequest<string?>;

/// <summary>Asks what a signed statement says, as somebody has kept it.</summary>
/// <param name="Statement">The note; blanks around its lines do not matter.</param>
public sealed record ReadStatement(string Statement) : IRequest<StatementReading>;

/// <summary>What a statement says, and whether that is true.</summary>
public sealed record StatementReading
{
    /// <summary>Has it the parts of a statement: a name, lines, a line of signature?</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Does it name this platform's key?</summary>
    public required bool IsOurs { get; init; }

    /// <summary>Is the signature that of the key over exactly these lines? Nothing else may be believed of others.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>What kind it says it is.</summary>
    public string? Kind { get; init; }

    /// <summary>What it says.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
