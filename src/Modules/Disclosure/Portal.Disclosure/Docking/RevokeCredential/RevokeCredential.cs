using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.RevokeCredential;

/// <summary>Revokes a credential: the next request that it signs is refused.</summary>
public sealed record RevokeCredential : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;

    /// <summary>Which credential.</summary>
    public Guid Id { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Shows what revoking a credential will do, before it is done.</summary>
public sealed record ReadCredential(Guid Id) : IRequest<Outcome<CredentialView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

/// <summary>A credential that is about to be revoked.</summary>
/// <param name="Id">Which one.</param>
/// <param name="KeyId">As requests name it.</param>
/// <param name="SourceId">Of which unit.</param>
/// <param name="SourceName">The unit's name.</param>
/// <param name="Direction">What it is for.</param>
/// <param name="Others">Valid credentials of the same use that stay.</param>
/// <param name="IsRevoked">It is revoked already.</param>
public sealed record CredentialView(
    Guid Id, string KeyId, Guid SourceId, string SourceName, CredentialDirection Direction, int Others, bool IsRevoked);

internal sealed class ReadCredentialHandler(DisclosureDbContext db, SourceScope scope, TimeProvider clock)
    : IRequestHandler<ReadCredential, Outcome<CredentialView>>
{
    public async Task<Outcome<CredentialView>> Handle(ReadCredential request, CancellationToken cancellationToken)
    {
        var credential = await db.DockingCredentials.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (credential is null)
        {
            return Failure.NotFound;
        }

        var source = await scope.FindAsync(credential.SourceId, cancellationToken);
        if (!source.Succeeded)
        {
            return source.Failure;
        }

        var now = clock.GetUtcNow();
        var others = await db.DockingCredentials.CountAsync(
            row => row.SourceId == credential.SourceId && row.Id != credential.Id && row.Direction == credential.Direction
                && row.RevokedAt == null && row.ExpiresAt > now,
            cancellationToken);
        return new CredentialView(
            credential.Id, credential.KeyId, source.Value.Id, source.Value.Name, credential.Direction, others,
            credential.RevokedAt is not null);
    }
}

internal sealed class RevokeCredentialHandler(
    DisclosureDbContext db, SourceScope scope, TimeProvider clock, IStringLocalizer<DockingText> text)
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

        if (request.Reason.Trim() is not { Length: > 0 and <= 500 } reason)
        {
            return Failure.Invalid(nameof(request.Reason), text["Reason.Fault"]);
        }

        if (credential.RevokedAt is null)
        {
            credential.RevokedAt = clock.GetUtcNow();
            credential.RevokedBy = scope.Actor.Name;
            scope.Record("credential-revoked", source.Value, reason, ("keyId", credential.KeyId));
            await db.SaveChangesAsync(cancellationToken);
        }

        return credential.SourceId;
    }
}

internal sealed class RevokeCredentialEndpoint : ICarterModule
{
    private const string Route = "/console/docking/credentials/{credential:guid}/revocation";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid credential, ISender sender, CancellationToken cancellationToken) =>
            ShowAsync(credential, "", [], sender, cancellationToken));
        app.MapConsoleForm(Route, async (
            Guid credential, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new RevokeCredential { Id = credential, Reason = form["Reason"].ToString() };
            var outcome = await sender.Send(request, cancellationToken);
            return outcome.Succeeded ? Results.Redirect($"/console/docking/{outcome.Value}?done=revoked")
                : outcome.Failure.Kind == FailureKind.Invalid
                    ? await ShowAsync(credential, request.Reason, outcome.Failure.Errors, sender, cancellationToken)
                    : outcome.Failure.Page();
        });
    }

    private static async Task<IResult> ShowAsync(
        Guid id, string reason, IReadOnlyList<FieldError> errors, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadCredential(id), cancellationToken);
        return read.Succeeded ? RevokeCredentialPage.Render(read.Value, reason, errors) : read.Failure.Page();
    }
}
