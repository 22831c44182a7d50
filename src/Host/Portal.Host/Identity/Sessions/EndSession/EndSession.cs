using Carter;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity.Sessions.ListSessions;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Identity.Sessions.EndSession;

/// <summary>Ends one of my sessions on another device.</summary>
public sealed record EndSession : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.UseConsole;

    public Guid SessionId { get; init; }
}

internal sealed class EndSessionHandler(HostDbContext db, SessionKeeper sessions, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<EndSession, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EndSession request, CancellationToken cancellationToken)
    {
        var actor = current.Actor!;
        if (!await db.Sessions.AnyAsync(row => row.Id == request.SessionId && row.StaffId == actor.Id, cancellationToken))
        {
            return Failure.NotFound;
        }

        db.Record(actor.Decides(
            "host.session.ended", "session", request.SessionId.ToString(), actor.Name, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await sessions.EndAsync(request.SessionId, actor.Id, cancellationToken);
        return Done.Value;
    }
}

internal sealed class EndSessionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/account", async (string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ListSessions.ListSessions(), cancellationToken);
            return outcome.Succeeded ? ListSessionsPage.Render(outcome.Value, done) : outcome.Failure.Page();
        });
        app.MapConsoleForm("/console/account/sessions", async (
            [FromForm] EndSession form, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(form, cancellationToken)).Failure is { } failure
                ? failure.Page()
                : new SeeOther("/console/account?done=session"));
    }
}
