using MediatR;

namespace Portal.Disclosure.Contracts;

/// <summary>
/// Asks whether documents have the interpretation plan 解读方案 without which they do not enter 审发 (Opinion art. 3: 政策与解读
/// 同步; Q-03). Asked at the approval before it, and shown to writers and reviewers earlier.
/// </summary>
/// <param name="Documents">The documents; those of types that need no plan are left out of the answer.</param>
public sealed record CheckInterpretations(IReadOnlyList<InterpretationQuestion> Documents)
    : IRequest<IReadOnlyList<InterpretationCheck>>;

/// <summary>A document that is asked about.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="SiteId">Its site.</param>
/// <param name="Type">Key of its type.</param>
public sealed record InterpretationQuestion(Guid DocumentId, Guid SiteId, string Type);

/// <summary>What is known of a document's interpretation.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Problem">What is missing and what to do, in Chinese; null when nothing is.</param>
/// <param name="Summary">What is planned, in Chinese; null when nothing is.</param>
/// <param name="Path">Where staff read and write the plan.</param>
public sealed record InterpretationCheck(Guid DocumentId, string? Problem, string? Summary, string Path);
