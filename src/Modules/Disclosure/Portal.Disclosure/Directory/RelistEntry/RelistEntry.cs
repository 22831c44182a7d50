using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Directory.RelistEntry;

/// <summary>Puts a withdrawn entry back into the lists.</summary>
public sealed record RelistEntry : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class RelistEntryHandler(EntryListing listing) : IRequestHandler<RelistEntry, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(RelistEntry request, CancellationToken cancellationToken) =>
        listing.MoveAsync(request.Id, request.Version, request.Reason, EntryState.Listed, cancellationToken);
}
