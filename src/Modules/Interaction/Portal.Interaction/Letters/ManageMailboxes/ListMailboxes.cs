using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.ManageMailboxes;

/// <summary>The mailboxes of the site that one works on.</summary>
public sealed record ListMailboxes : IRequest<Outcome<MailboxList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSite;
}

/// <summary>The mailboxes of a site, in their public order.</summary>
public sealed record MailboxList(string SiteName, IReadOnlyList<MailboxLine> Lines);

/// <summary>A mailbox and how many letters it has had.</summary>
public sealed record MailboxLine(Guid Id, string Key, string Name, string Holder, string Keeper, int Position, bool IsOpen, int Letters);

internal sealed class ListMailboxesHandler(InteractionDbContext db, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<ListMailboxes, Outcome<MailboxList>>
{
    public async Task<Outcome<MailboxList>> Handle(ListMailboxes request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageSite, site))
        {
            return Failure.Forbidden;
        }

        var lines = await db.Mailboxes.AsNoTracking().Where(row => row.SiteId == site.Id)
            .OrderBy(row => row.Position).ThenBy(row => row.Key)
            .Select(row => new MailboxLine(
                row.Id, row.Key, row.Name, row.Holder, row.Keeper, row.Position, row.IsOpen,
                db.Letters.Count(letter => letter.MailboxId == row.Id)))
            .ToListAsync(cancellationToken);
        return new MailboxList(site.Name, lines);
    }
}
