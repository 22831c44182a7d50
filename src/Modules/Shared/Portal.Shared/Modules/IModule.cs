using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Data;

namespace Portal.Shared.Modules;

/// <summary>
/// A module of the one host: its schema, its database role, its services. The host's own people, organisations and
/// sites are a module too, so that one set of rules holds everywhere.
/// </summary>
public interface IModule
{
    /// <summary>The name in code: <c>Publishing</c>.</summary>
    string Name { get; }

    /// <summary>The PostgreSQL schema, and the suffix of the module's database role: <c>publishing</c>.</summary>
    string Schema { get; }

    /// <summary>The module's only DbContext, a <see cref="ModuleDbContext"/>.</summary>
    Type DbContext { get; }

    /// <summary>Assemblies that hold this module's handlers, endpoints and validators.</summary>
    Assembly Assembly { get; }

    /// <summary>
    /// Tables of the schema that the module's database role may only read and insert into: records of who decided
    /// what. The role is refused UPDATE, DELETE and TRUNCATE on them.
    /// </summary>
    IReadOnlyList<string> AppendOnlyTables => [];

    /// <summary>Settings types that provincial admins may configure (<see cref="Settings.ISettings"/>).</summary>
    IReadOnlyList<Type> Settings => [];

    /// <summary>Registers the module's own services. DbContext, handlers, validators and endpoints are found.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Registers the background work of the module, in processes with the worker role only.</summary>
    void AddWorkers(IServiceCollection services)
    {
    }
}
