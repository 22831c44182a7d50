using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks what lies at some addresses: a document's page, also where that is a notice of withdrawal, or a channel's. A former
/// address finds what moved from it. Addresses at which there is neither are left out.
/// </summary>
/// <param name="Addresses">The addresses, at most some hundred.</param>
public sealed record FindPages(IReadOnlyList<PageAddress> Addresses) : IRequest<IReadOnlyList<FoundPage>>;

/// <summary>An address on the platform.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Path">Path on the site, without leading slash.</param>
public sealed record PageAddress(Guid SiteId, string Path);

/// <summary>What lies at an address.</summary>
/// <remarks>Grows only.</remarks>
public sealed record FoundPage
{
    /// <summary>The address as it was asked for.</summary>
    public required PageAddress Address { get; init; }

    /// <summary>Title of the document or name of the channel.</summary>
    public required string Title { get; init; }

    /// <summary>The document; null for a channel.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>The edition that the public sees; null for a channel.</summary>
    public Guid? EditionId { get; init; }

    /// <summary>The site that owns the content.</summary>
    public required Guid OwnerSiteId { get; init; }
}
