using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Host.Identity.Sessions.ListSessions;

/// <summary>My account: my grants and the places where I am signed in.</summary>
public sealed record ListSessions : IRequest<Outcome<AccountView>>, IRequirePermission
{
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>What the page of one's own account shows.</summary>
public sealed record AccountView(
    string Name, string Unit, IReadOnlyList<AccountGrant> Grants, IReadOnlyList<SessionLine> Sessions);

/// <summary>A role and where it holds.</summary>
public sealed record AccountGrant(Role Role, string Site);

/// <summary>A signed-in browser.</summary>
public sealed record SessionLine(
    Guid Id, string? Address, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsThis);

internal sealed class ListSessionsHandler(
    HostDbContext db, ICurrentActor current, ISites sites, IHttpContextAccessor accessor, TimeProvider clock)
    : IRequestHandler<ListSessions, Outcome<AccountView>>
{
    public async Task<Outcome<AccountView>> Handle(ListSessions request, CancellationToken cancellationToken)
    {
        var actor = current.Actor!;
        var here = accessor.HttpContext?.Features.Get<SignedIn>()?.SessionId;
        var sessions = await OpenOf(db, actor.Id, clock.GetUtcNow())
            .Select(session => new SessionLine(
                session.Id, session.Address, session.UserAgent, session.CreatedAt, session.LastSeenAt, session.Id == here))
            .ToListAsync(cancellationToken);
        return new AccountView(
            actor.Name,
            actor.Unit,
            [.. actor.Grants.Select(grant => new AccountGrant(grant.Role, sites.ById(grant.SiteId)?.Name ?? ""))],
            sessions);
    }

    /// <summary>Sessions of an account that could still be used.</summary>
    public static IQueryable<Session> OpenOf(HostDbContext db, Guid staffId, DateTimeOffset now)
    {
        var (idle, absolute) = (now - Session.Idle, now - Session.Absolute);
        return db.Sessions.AsNoTracking()
            .Where(session => session.StaffId == staffId && session.EndedAt == null
                && session.LastSeenAt >= idle && session.CreatedAt >= absolute)
            .OrderByDescending(session => session.LastSeenAt);
    }
}
