using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.ManageMailboxes;

/// <summary>A mailbox as its form shows it.</summary>
public sealed record ReadMailbox(Guid Id) : IRequest<Outcome<ManageMailbox>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSite;
}

internal sealed class ReadMailboxHandler(InteractionDbContext db, ISites sites, ICurrentActor current)
    : IRequestHandler<ReadMailbox, Outcome<ManageMailbox>>
{
    public async Task<Outcome<ManageMailbox>> Handle(ReadMailbox request, CancellationToken cancellationToken)
    {
        var mailbox = await db.Mailboxes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (current.Actor is not { } actor || mailbox is null || sites.ById(mailbox.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        return actor.Can(Permission.ManageSite, site)
            ? new ManageMailbox
            {
                Id = mailbox.Id,
                Version = mailbox.Version,
                Key = mailbox.Key,
                Name = mailbox.Name,
                Holder = mailbox.Holder,
                Introduction = mailbox.Introduction,
                Keeper = mailbox.Keeper,
                Position = mailbox.Position,
                IsOpen = mailbox.IsOpen,
            }
            : Failure.OutOfScope with { About = new FailureObject("mailbox", request.Id.ToString(), mailbox.Name) };
    }
}
