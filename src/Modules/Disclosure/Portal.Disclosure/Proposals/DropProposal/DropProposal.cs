using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Proposals.DropProposal;

/// <summary>Takes a proposal back that is not public yet: nothing of it ever will be.</summary>
public sealed record DropProposal(Guid Id, int Version) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;
}

internal sealed class DropProposalHandler(
    DisclosureDbContext db, ProposalDesk desk, TimeProvider clock, IStringLocalizer<ProposalText> text)
    : IRequestHandler<DropProposal, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(DropProposal request, CancellationToken cancellationToken)
    {
        var found = await desk.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (proposal, _, actor) = found.Value;
        if (!found.Value.Can(Permission.ManageDisclosure))
        {
            return found.Value.Forbidden();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await desk.LockAsync(proposal, cancellationToken);
        if (!proposal.IsOpen || proposal.Version != request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Drop.Stale"])]);
        }

        proposal.State = ProposalState.Dropped;
        proposal.Version++;
        proposal.UpdatedAt = clock.GetUtcNow();
        desk.Record(proposal, actor, "dropped", null);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Value;
    }
}
