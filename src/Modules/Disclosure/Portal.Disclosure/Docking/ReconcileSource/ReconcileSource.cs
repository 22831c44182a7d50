using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReconcileSource;

/// <summary>Compares a pulled unit with its other side now, and mends what can be mended 对账.</summary>
public sealed record ReconcileSource(Guid Id) : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

internal sealed class ReconcileSourceHandler(
    DisclosureDbContext db, SourceScope scope, ReconcileRecords reconcile, IStringLocalizer<DockingText> text)
    : IRequestHandler<ReconcileSource, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(ReconcileSource request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        if (found.Value is not { Mode: SourceMode.Pull, State: SourceState.Active })
        {
            return Failure.Invalid("Reason", text["Act.Fault"]);
        }

        var run = await reconcile.RunAsync(request.Id, cancellationToken);
        scope.Record("reconciled", found.Value, null, ("run", run.Id.ToString()), ("state", run.State.ToString()));
        await db.SaveChangesAsync(cancellationToken);
        return run.Id;
    }
}

internal sealed class ReconcileSourceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/docking/{id:guid}/reconciliation", async (
            Guid id, ISender sender, CancellationToken cancellationToken) =>
        {
            var run = await sender.Send(new ReconcileSource(id), cancellationToken);
            return run.Succeeded ? Results.Redirect($"/console/docking/runs/{run.Value}") : run.Failure.Page();
        });
}
