using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Commands;

namespace Portal.Disclosure.Directory.RebuildDirectory;

/// <summary><c>directory rebuild</c>.</summary>
internal sealed class RebuildDirectoryCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var rebuild = new Command("rebuild", "Makes directory entries of all published documents, and renews those that are there.");
        rebuild.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            var work = scope.ServiceProvider.GetRequiredService<RebuildDirectory>();
            var (documents, changed) = (0L, 0L);
            await scope.ServiceProvider.GetRequiredService<IProgressDisplay>().RunAsync(
                "directory", null, async progress => (documents, changed) = await work.RunAsync(progress, cancellationToken));
            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"{documents} documents looked at; {changed} entries made or changed.");
            return 0;
        });
        return new Command("directory", "The information directory.") { rebuild };
    }
}
