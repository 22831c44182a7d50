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
            CancellationToken cancellationToken) =>
        {
            var (site, fault) = docked.Find(
                DockingCaller.Of(http), directory, CredentialDirection.Read);
            if (site is null)
            {
                return fault!.Answer();
            }

            (var page, fault) = await feed.ChangesAsync(site, after, limit, cancellationToken);
            return page is null ? fault!.Answer() : DockingAnswers.Json(page);
        });
}
