using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Portal.Shared.Modules;

namespace Portal.Shared.Data;

/// <summary>
/// Where each module finds its database. <c>ConnectionStrings:Portal</c> names the server and the owner, who migrates;
/// a module connects as its own role, which can reach its own schema only. <c>ConnectionStrings:Publishing</c> (and so
/// on) overrides the derived string, so that a production host need not know the owner's password.
/// </summary>
public sealed class ModuleConnections(IConfiguration configuration)
{
    /// <summary>The owner's connection string: migrations and provisioning only.</summary>
    /// <exception cref="InvalidOperationException">It is not configured.</exception>
    public string Owner => configuration.GetConnectionString("Portal")
        ?? throw new InvalidOperationException("ConnectionStrings:Portal is not set (environment: ConnectionStrings__Portal).");

    /// <summary>The database role of a module.</summary>
    public static string RoleOf(IModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return "portal_" + module.Schema;
    }

    /// <summary>The connection string of a module's own role.</summary>
    public string For(IModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (configuration.GetConnectionString(module.Name) is { Length: > 0 } own)
        {
            return own;
        }

        var builder = new NpgsqlConnectionStringBuilder(Owner) { Username = RoleOf(module) };
        if (PasswordOf(module) is { } password)
        {
            builder.Password = password;
        }

        builder.ApplicationName = "portal-" + module.Schema;
        return builder.ConnectionString;
    }

    /// <summary>
    /// The role's password, derived from the owner's, so that every host agrees without a stored secret; null where the
    /// owner has none (peer authentication on a local socket).
    /// </summary>
    public string? PasswordOf(IModule module)
    {
        var owner = new NpgsqlConnectionStringBuilder(Owner);
        return string.IsNullOrEmpty(owner.Password)
            ? null
            : Convert.ToHexStringLower(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(owner.Password), Encoding.UTF8.GetBytes("portal role " + RoleOf(module))));
    }
}
