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
        var name = new Option<string>("--name") { Description = "Full name of the provincial government." };
        var shortName = new Option<string>("--short-name") { Description = "Its short name." };
        var region = new Option<string>("--region") { Description = "Its region code 行政区划代码, six digits." };
        var domain = new Option<string>("--domain") { Description = "Primary domain of its portal: www.….gov.cn." };
        var command = new Command(
            "seed",
            "Adds what an installation starts with: the provincial government and its portal, or a whole demo province. "
            + "Again, it adds only what is missing.") { demo, name, shortName, region, domain };
        command.SetAction(async (result, cancellationToken) =>
        {
            Action<string> report = result.InvocationConfiguration.Output.WriteLine;
            if (result.GetValue(demo))
            {
                await SeedAsync(services, report, cancellationToken);
                return 0;
            }

            await using var scope = services.CreateAsyncScope();
            await FirstProvince.AddAsync(
                scope.ServiceProvider,
                result.GetValue(name),
                result.GetValue(shortName),
                result.GetValue(region),
                result.GetValue(domain),
                report,
                cancellationToken);
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
