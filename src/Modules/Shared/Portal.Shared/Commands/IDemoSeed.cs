namespace Portal.Shared.Commands;

/// <summary>
/// A module's part of the demo province. Register it as a scoped service; <c>seed --demo</c> runs all parts by
/// <see cref="Order"/>, each in a scope of its own. Seeding twice must change nothing.
/// </summary>
public interface IDemoSeed
{
    /// <summary>Host 0 (organisations, sites, staff), Publishing 100, Host again 200 (grants on channels).</summary>
    int Order { get; }

    /// <summary>Adds what is missing and tells <paramref name="demo"/> what was added.</summary>
    Task SeedAsync(Demo demo, CancellationToken cancellationToken);
}

/// <summary>Where the demo's data files are, and whom to tell.</summary>
/// <param name="Folder">The folder of <c>organisations.json</c>, <c>sites.json</c>, <c>documents/</c> and so on.</param>
/// <param name="Report">Takes a line about what was added.</param>
public sealed record Demo(string Folder, Action<string> Report);
