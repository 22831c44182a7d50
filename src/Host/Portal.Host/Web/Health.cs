using Carter;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;
using Portal.Shared.Modules;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: every module's database does, up to date.</summary>
internal sealed class HealthEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached("/health/live", () => TypedResults.Text("live"));
        app.MapPublicUncached("/health/ready", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var report = await readiness.CheckAsync(cancellationToken);
            return TypedResults.Json(
                report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}

/// <summary>What readiness found, a line a module.</summary>
internal sealed record ReadinessReport(bool Ready, IReadOnlyList<ModuleReadiness> Modules);

/// <param name="Module">The module.</param>
/// <param name="Ready">Can it work?</param>
/// <param name="Problem">Why not, and what to do.</param>
/// <param name="OldestUndeliveredSeconds">Age of the oldest fact that waits for delivery.</param>
/// <param name="Parked">Facts given up after too many tries; a person must look.</param>
internal sealed record ModuleReadiness(
    string Module, bool Ready, string? Problem, double OldestUndeliveredSeconds, int Parked);

internal sealed partial class Readiness(
    ModuleRegistry modules, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Readiness> logger)
{
    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        List<ModuleReadiness> lines = [];
        foreach (var module in modules.All)
        {
            lines.Add(await CheckAsync(module, cancellationToken));
        }

        return new ReadinessReport(lines.TrueForAll(line => line.Ready), lines);
    }

    private async Task<ModuleReadiness> CheckAsync(IModule module, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DbContext);
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            if (pending > 0)
            {
                return new ModuleReadiness(
                    module.Name, false, $"{pending} migrations are pending: run `portal migrate`.", 0, 0);
            }

            var oldest = await db.Outbox
                .Where(message => message.DispatchedAt == null && message.ParkedAt == null)
                .MinAsync(message => (DateTimeOffset?)message.OccurredAt, cancellationToken);
            var parked = await db.Outbox.CountAsync(message => message.ParkedAt != null, cancellationToken);
            var age = oldest is { } at ? Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds) : 0;
            return new ModuleReadiness(module.Name, true, null, Math.Round(age, 1), parked);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The reason names hosts and roles: for the log, not for whoever asks.
            LogNotReady(module.Name, exception.Message);
            return new ModuleReadiness(
                module.Name, false, "The database does not answer as it should: see the log, run `portal migrate`.", 0, 0);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Module} is not ready: {Reason}")]
    private partial void LogNotReady(string module, string reason);
}
