using System.CommandLine;
using Portal.Host.Web;
using Portal.Shared.Commands;

namespace Portal.Host.Commands;

/// <summary>The command line: no command serves; the others work on the same configuration and data.</summary>
internal static class PortalCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        // Configuration (--urls, --Portal:Demo=true) is for the host, not for the commands.
        var (settings, words) = Split(args);
        var builder = PortalApplication.CreateBuilder(settings);
        if (words.Length > 0)
        {
            // A command prints what it did; the host's own talk goes to standard error and only when it matters.
            builder.Logging.ClearProviders()
                .AddSimpleConsole()
                .AddFilter(level => level >= LogLevel.Warning);
            builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services.AddSingleton<ICommandLine, MigrateCommand>();
        builder.Services.AddSingleton<ICommandLine, SeedCommand>();
        builder.Services.AddSingleton<ICommandLine, AdminCommand>();
        builder.Services.AddSingleton<ICommandLine, ConnectionCommand>();
        await using var app = PortalApplication.Build(builder);

        var root = new RootCommand("The website platform of a province. Without a command it serves.");
        root.SetAction(async (_, cancellationToken) =>
        {
            await app.RunAsync(cancellationToken);
            return 0;
        });
        foreach (var command in app.Services.GetServices<ICommandLine>())
        {
            root.Add(command.Build(app.Services));
        }

        try
        {
            return await root.Parse(words).InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // The host ends on Ctrl-C by itself, and in order.
                ProcessTerminationTimeout = words.Length == 0 ? null : TimeSpan.FromSeconds(10),
            });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 130;
        }
        catch (Exception exception) when (exception is CommandException
            || (exception is InvalidOperationException && app.Configuration.GetConnectionString("Portal") is null))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (Npgsql.NpgsqlException exception)
        {
            await Console.Error.WriteLineAsync("The database refused: " + exception.Message);
            return 1;
        }
    }

    private static (string[] Settings, string[] Words) Split(string[] args)
    {
        var settings = args.Where(arg => IsSetting(arg)).ToArray();
        return (settings, args.Except(settings).ToArray());
    }

    private static bool IsSetting(string arg) =>
        arg.StartsWith("--urls=", StringComparison.Ordinal)
        || arg.StartsWith("--environment=", StringComparison.Ordinal)
        || (arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains(':', StringComparison.Ordinal)
            && arg.Contains('=', StringComparison.Ordinal));
}

/// <summary>A command cannot be done; the message says why to the person at the terminal.</summary>
internal sealed class CommandException(string message) : Exception(message);
