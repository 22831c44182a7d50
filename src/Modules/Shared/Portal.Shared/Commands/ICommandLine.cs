using System.CommandLine;

namespace Portal.Shared.Commands;

/// <summary>
/// A command that a module adds to the platform's command line (<c>build/portal</c>): <c>import documents</c>,
/// <c>reindex</c>, <c>audit verify</c>. Register it as a singleton in <see cref="Modules.IModule.AddServices"/>.
/// </summary>
public interface ICommandLine
{
    /// <summary>
    /// Makes the command. Its action opens its own scope on <paramref name="services"/> and answers the exit code:
    /// 0 done, 1 refused or failed, 2 done in part.
    /// </summary>
    Command Build(IServiceProvider services);
}

/// <summary>
/// Shows how far a long command is: a bar on a terminal, a line now and then otherwise. Taken from the services.
/// </summary>
public interface IProgressDisplay
{
    /// <summary>
    /// Runs <paramref name="work"/>, which reports how much of <paramref name="total"/> is done (null: unknown).
    /// </summary>
    Task RunAsync(string title, long? total, Func<IProgress<long>, Task> work);
}
