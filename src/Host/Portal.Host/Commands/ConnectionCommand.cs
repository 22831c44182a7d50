using System.CommandLine;
using Npgsql;
using Portal.Shared.Commands;
using Portal.Shared.Data;

namespace Portal.Host.Commands;

internal sealed class ConnectionCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var uri = new Option<bool>("--uri") { Description = "As a URI for psql and pg_dump." };
        var command = new Command("connection", "Prints the connection string of the database's owner.") { uri };
        command.SetAction(result =>
        {
            var owner = services.GetRequiredService<ModuleConnections>().Owner;
            result.InvocationConfiguration.Output.WriteLine(result.GetValue(uri) ? UriOf(owner) : owner);
            return 0;
        });
        return command;
    }

    /// <summary>The form that libpq reads; a socket folder goes into the query, where a slash may stand.</summary>
    internal static string UriOf(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        var user = Uri.EscapeDataString(parts.Username ?? "");
        var password = string.IsNullOrEmpty(parts.Password) ? "" : ":" + Uri.EscapeDataString(parts.Password);
        var database = Uri.EscapeDataString(parts.Database ?? "");
        return parts.Host is { } host && host.StartsWith('/')
            ? $"postgresql://{user}{password}@/{database}?host={Uri.EscapeDataString(host)}&port={parts.Port}"
            : $"postgresql://{user}{password}@{parts.Host}:{parts.Port}/{database}";
    }
}
