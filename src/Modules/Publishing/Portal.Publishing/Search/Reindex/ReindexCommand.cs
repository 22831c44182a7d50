using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Commands;
using Portal.Shared.Sites;

namespace Portal.Publishing.Search.Reindex;

/// <summary><c>reindex</c>.</summary>
internal sealed class ReindexCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var command = new Command("reindex", "Makes public pages and the search index anew from the live editions.");
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISites>().EnsureLoadedAsync(cancellationToken);
            var reindex = scope.ServiceProvider.GetRequiredService<Reindex>();
            var total = await reindex.CountAsync(cancellationToken);
            var changed = 0;
            await scope.ServiceProvider.GetRequiredService<IProgressDisplay>().RunAsync(
                "reindex", total, async progress => changed = await reindex.RunAsync(progress, cancellationToken));
            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"{total} documents made anew; the HTML of {changed} changed.");
            return 0;
        });
        return command;
    }
}
