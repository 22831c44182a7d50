using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity.ReadStaff;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Identity.EndStaffSessions;

/// <summary>Signs somebody else out everywhere.</summary>
public sealed record EndStaffSessions(Guid StaffId) : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;
}

internal sealed class EndStaffSessionsHandler(HostDbContext db, StaffScope scope, TimeProvider clock)
    : IRequestHandler<EndStaffSessions, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EndStaffSessions request, CancellationToken cancellationToken)
    {
        if (await scope.FindAsync(request.StaffId, cancellationToken) is not { } staff
            || !await scope.CoversAsync(staff, cancellationToken))
        {
            return Failure.NotFound;
        }

        var now = clock.GetUtcNow();
        var open = await db.Sessions.Where(session => session.StaffId == staff.Id && session.EndedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var session in open)
        {
            session.EndedAt = now;
            session.EndedById = scope.Actor.Id;
        }

        db.Record(scope.Actor.Decides("host.session.ended", "staff", staff.Id.ToString(), staff.Name, now));
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}

internal sealed class EndStaffSessionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/staff/{id:guid}/sessions", async (
            Guid id, ISender sender, CancellationToken cancellationToken) =>
            await StaffPages.AnswerAsync(
                (await sender.Send(new EndStaffSessions(id), cancellationToken)).Failure,
                sender, id, "sessions", cancellationToken));
}
