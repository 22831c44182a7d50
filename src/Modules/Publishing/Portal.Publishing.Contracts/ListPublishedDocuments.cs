using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks for the ids of all documents of some types that were ever published, a page at a time in order of id, so that a
/// consumer can build anew what it keeps of them.
/// </summary>
/// <param name="Types">Keys of document types.</param>
/// <param name="After">The last id of the page before; empty for the first page.</param>
/// <param name="Limit">At most so many, up to a thousand.</param>
public sealed record ListPublishedDocuments(IReadOnlyList<string> Types, Guid After, int Limit)
    : IRequest<IReadOnlyList<Guid>>;
