namespace Portal.Host.Web;

/// <summary>What this process does: one binary, roles by configuration (<c>Portal:Roles</c>), all of them by default.</summary>
internal sealed record HostRoles(bool Public, bool Console, bool Worker)
{
    public static HostRoles Of(IConfiguration configuration)
    {
        if (configuration["Portal:Roles"] is not { Length: > 0 } text)
        {
            return new HostRoles(true, true, true);
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.FirstOrDefault(name => name is not ("public" or "console" or "worker")) is { } unknown
            ? throw new InvalidOperationException($"Portal:Roles knows public, console and worker, not {unknown}.")
            : new HostRoles(names.Contains("public"), names.Contains("console"), names.Contains("worker"));
    }

    /// <summary>Does this process answer on <paramref name="path"/>?</summary>
    public bool Serves(PathString path) =>
        path.StartsWithSegments("/health")
        || (path.StartsWithSegments("/console")
            ? Console
            : Public || (Console && (path.StartsWithSegments("/assets") || path.StartsWithSegments("/theme"))));
}
