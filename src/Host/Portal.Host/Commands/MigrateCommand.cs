using System.CommandLine;
using Portal.Shared.Commands;
using Portal.Shared.Data;

namespace Portal.Host.Commands;

internal sealed class MigrateCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var command = new Command("migrate", "Brings the database to this release: schemas, roles, migrations.");
        command.SetAction(async (result, cancellationToken) =>
        {
            var output = result.InvocationConfiguration.Output;
            await services.GetRequiredService<Migrator>().MigrateAsync(output.WriteLine, cancellationToken);
            return 0;
        });
        return command;
    }
}
