using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.BrowseMailboxes;

/// <summary>The mailboxes of the current site, and how long an answer takes (S-09, S-10).</summary>
public sealed record BrowseMailboxes : IRequest<Outcome<MailboxOverview>>, IPublicRequest;

/// <summary>What a writer needs to know before writing.</summary>
public sealed record MailboxOverview(IReadOnlyList<MailboxView> Mailboxes, IReadOnlyList<KindLimit> Limits);

/// <summary>A mailbox as the public sees it.</summary>
public sealed record MailboxView(string Key, string Name, string Holder, string Introduction, string Keeper, bool IsOpen);

/// <summary>Working days until the answer, and when the case is complex.</summary>
public sealed record KindLimit(LetterKind Kind, int Reply, int Extended);

internal sealed class BrowseMailboxesHandler(InteractionDbContext db, ICurrentSite current, TimeProvider clock)
    : IRequestHandler<BrowseMailboxes, Outcome<MailboxOverview>>
{
    public async Task<Outcome<MailboxOverview>> Handle(BrowseMailboxes request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var mailboxes = await db.Mailboxes.AsNoTracking().Where(row => row.SiteId == site.Id)
            .OrderBy(row => row.Position).ThenBy(row => row.Id)
            .Select(row => new MailboxView(row.Key, row.Name, row.Holder, row.Introduction, row.Keeper, row.IsOpen))
            .ToListAsync(cancellationToken);
        var today = BeijingTime.Date(clock.GetUtcNow());
        return new MailboxOverview(
            mailboxes,
            [.. Enum.GetValues<LetterKind>().Select(kind => LetterLimits.Of(kind, today)).Select(limit => new KindLimit(limit.Kind, limit.Reply, limit.Extended))]);
    }
}
