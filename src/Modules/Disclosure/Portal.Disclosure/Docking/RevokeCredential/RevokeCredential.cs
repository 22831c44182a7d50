using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.RevokeCredential;

/// <summary>Revokes a credential: the next request that it signs is refused.</summary>
public sealed record RevokeCredential(Guid Id) : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

internal sealed class RevokeCredentialHandler(DisclosureDbContext db, SourceScope scope, TimeProvider clock)
    : IRequestHandler<RevokeCredential, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RevokeCredential request, CancellationToken cancellationToken)
    {
        var credential = await db.DockingCredentials.SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (credential is null)
        {
            return Failure.NotFound;
        }

        var source = await scope.FindAsync(credential.SourceId, cancellationToken);
        if (!source.Succeeded)
        {
            return source.Failure;
        }

        if (credential.RevokedAt is null)
        {
            credential.RevokedAt = clock.GetUtcNow();
            credential.RevokedBy = scope.Actor.Name;
            scope.Record("credential-revoked", source.Value, null, ("keyId", credential.KeyId));
            await db.SaveChangesAsync(cancellationToken);
        }

        return credential.SourceId;
    }
}

internal sealed class RevokeCredentialEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/docking/credentials/{credential:guid}/revocation", async (
            Guid credential, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new RevokeCredential(credential), cancellationToken);
            return outcome.Succeeded
                ? Results.Redirect($"/console/docking/{outcome.Value}?done=revoked")
                : outcome.Failure.Page();
        });
}
