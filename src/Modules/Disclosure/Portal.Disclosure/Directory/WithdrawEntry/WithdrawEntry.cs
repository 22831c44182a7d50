using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Directory.WithdrawEntry;

/// <summary>Takes an entry out of the lists: its number answers with a tombstone.</summary>
public sealed record WithdrawEntry : IRequest<Outcome<Done>>, IRequirePermission
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

internal sealed class WithdrawEntryHandler(EntryListing listing) : IRequestHandler<WithdrawEntry, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(WithdrawEntry request, CancellationToken cancellationToken) =>
        listing.WithdrawAsync(request.Id, request.Version, request.Reason, cancellationToken);
}
