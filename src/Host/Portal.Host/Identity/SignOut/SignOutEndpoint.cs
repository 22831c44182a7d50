using Carter;
using Microsoft.AspNetCore.Http.Features;
using Portal.Host.Web;
using Portal.Shared.Web;

namespace Portal.Host.Identity.SignOut;

internal sealed class SignOutEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/sign-out", async (
            HttpContext context,
            SessionKeeper sessions,
            SessionCookie cookie,
            HostDbContext db,
            TimeProvider clock,
            CancellationToken cancellationToken) =>
        {
            var signedIn = context.Features.GetRequiredFeature<SignedIn>();
            await sessions.EndAsync(signedIn.SessionId, signedIn.Actor.Id, cancellationToken);
            db.Record(signedIn.Actor.Decides(
                "host.session.ended", "staff", signedIn.Actor.Id.ToString(), signedIn.Actor.Name, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            cookie.Delete(context.Response);
            return new SeeOther(SignInLinks.Path);
        });
}
