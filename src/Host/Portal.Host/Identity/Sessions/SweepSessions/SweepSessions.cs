using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity.SignIn;
using Portal.Shared.Throttling;

namespace Portal.Host.Identity.Sessions.SweepSessions;

/// <summary>
/// Deletes sessions that ended or expired longer ago than they are kept, and counts of tries that no limit looks at any
/// more. Who signed in and when stays in the sealed trail; addresses and browsers need not.
/// </summary>
internal sealed class SweepSessions(
    HostDbContext db, Throttle<HostDbContext> throttle, IConfiguration configuration, TimeProvider clock)
{
    private const int Days = 30;

    // Operators may keep them longer or shorter: Portal:SessionDays.
    private readonly TimeSpan _keep = TimeSpan.FromDays(configuration.GetValue("Portal:SessionDays", Days));

    /// <summary>Answers how many rows went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (ended, idle, absolute) = (now - _keep, now - _keep - Session.Idle, now - _keep - Session.Absolute);
        return await db.Sessions
                .Where(session => session.EndedAt < ended || session.LastSeenAt < idle || session.CreatedAt < absolute)
                .ExecuteDeleteAsync(cancellationToken)
            + await throttle.SweepAsync(SignInThrottle.Window, cancellationToken);
    }
}
