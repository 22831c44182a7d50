using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReadChanges;

/// <summary><c>GET /api/docking/v1/changes?directory=KEY&amp;after=SEQ&amp;limit=N</c>.</summary>
internal sealed class ReadChangesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapSignedRead(
        "/api/docking/v1/changes",
        async (
            string? directory,
            string? after,
            string? limit,
            HttpContext http,
            DockedDirectory docked,
            DirectoryFeed feed,
            DockingTrail trail,
            CancellationToken cancellationToken) =>
        {
            var caller = DockingCaller.Of(http);
            var (site, fault) = docked.Find(caller, directory, CredentialDirection.Read);
            ChangePage? page = null;
            if (site is not null)
            {
                (page, fault) = await feed.ChangesAsync(site, after, limit, cancellationToken);
            }

            if (page is not null)
            {
                return DockingAnswers.Json(page);
            }

            await trail.RefusedAsync(caller.Source, caller.Credential.KeyId, fault!, cancellationToken);
            return fault!.Answer();
        });
}
