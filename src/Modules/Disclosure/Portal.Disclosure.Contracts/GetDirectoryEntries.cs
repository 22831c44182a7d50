using MediatR;

namespace Portal.Disclosure.Contracts;

/// <summary>Asks for the directory entries of documents; documents without one are left out.</summary>
public sealed record GetDirectoryEntries(IReadOnlyList<Guid> DocumentIds) : IRequest<IReadOnlyList<DirectoryEntrySummary>>;

/// <summary>A directory entry in short.</summary>
/// <param name="Id">The entry.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="IndexNumber">索引号.</param>
/// <param name="State">Listed or Withdrawn.</param>
/// <param name="Path">Path of its record on the document's site, without leading slash.</param>
public sealed record DirectoryEntrySummary(Guid Id, Guid DocumentId, string IndexNumber, string State, string Path);
