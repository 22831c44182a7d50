using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Commands;

namespace Portal.Disclosure.Openness.RecomputeDeadlines;

/// <summary><c>openness recompute</c>: after a change of a setting, or when in doubt.</summary>
internal sealed class RecomputeDeadlinesCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var recompute = new Command("recompute", "Reads the due dates of everything open anew.");
        recompute.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DisclosureDbContext>();
            var began = Stopwatch.GetTimestamp();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var done = await scope.ServiceProvider.GetRequiredService<RecomputeDeadlines>().RunAsync(null, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync(FormattableString.Invariant(
                $"{done.Open} open items read anew, {done.Moved} moved, in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms."));
            return 0;
        });
        return new Command("openness", "Time limits of openness.") { recompute };
    }
}
