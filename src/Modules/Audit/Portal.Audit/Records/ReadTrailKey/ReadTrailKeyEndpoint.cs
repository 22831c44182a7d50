using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Audit.Trail;
using Portal.Shared.Web;

namespace Portal.Audit.Records.ReadTrailKey;

/// <summary>The public key of the trail: anybody may check its checkpoints.</summary>
internal sealed class ReadTrailKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/.well-known/portal-trail.pub", Answer);

    private static IResult Answer(TrailVault vault) => vault.Key is { } key
        ? Results.Text(key.PublicPem(), "application/x-pem-file")
        : Results.NotFound();
}
