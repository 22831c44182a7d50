using System.CommandLine;
using Portal.Host.Administration;
using Portal.Host.Sites;
using Portal.Shared.Commands;

namespace Portal.Host.Commands;

internal sealed class SeedCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var demo = new Option<bool>("--demo") { Description = "The invented province 云岭省 with people and documents." };
        var command = new Command(
            "seed", "Adds what an installation starts with; again, it adds only what is missing.") { demo };
        command.SetAction(async (result, cancellationToken) =>
        {
            if (!result.GetValue(demo))
            {
                throw new CommandException("Only the demo province can be seeded: portal seed --demo.");
            }

            await SeedAsync(services, result.InvocationConfiguration.Output.WriteLine, cancellationToken);
            return 0;
        });
        return command;
    }

    internal static async Task SeedAsync(
        IServiceProvider services, Action<string> report, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Demo");
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"The demo's data is missing: {folder}.");
        }

        var demo = new Demo(folder, report);
        await using var list = services.CreateAsyncScope();
        var parts = list.ServiceProvider.GetServices<IDemoSeed>()
            .OrderBy(part => part.Order)
            .Select(part => part.GetType())
            .ToList();
        foreach (var part in parts)
        {
            // What one part adds, the next one reads through the snapshots.
            await services.GetRequiredService<SiteDirectory>().RefreshAsync(cancellationToken);
            await services.GetRequiredService<EffectiveSettings>().RefreshAsync(cancellationToken);
            await using var scope = services.CreateAsyncScope();
            var seed = scope.ServiceProvider.GetServices<IDemoSeed>().First(candidate => candidate.GetType() == part);
            await seed.SeedAsync(demo, cancellationToken);
        }
    }
}
