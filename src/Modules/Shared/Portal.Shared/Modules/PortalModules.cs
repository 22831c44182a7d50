using Carter;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Data;
using Portal.Shared.Messaging;
using Portal.Shared.Pipeline;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;

namespace Portal.Shared.Modules;

/// <summary>Puts modules and the kernel into a host.</summary>
public static class PortalModules
{
    /// <summary>Registers the kernel and everything it finds in the modules' assemblies.</summary>
    public static IServiceCollection AddPortalModules(
        this IServiceCollection services, IConfiguration configuration, IReadOnlyList<IModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var assemblies = modules.Select(module => module.Assembly).Distinct().ToArray();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new ModuleRegistry(modules));
        services.AddSingleton<ModuleConnections>();
        services.AddSingleton<HashKeys>();
        services.AddSingleton<ModuleDataSources>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<MessageCatalogue>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddScoped(typeof(Throttle<>));
        services.AddMediatR(mediatr =>
        {
            mediatr.RegisterServicesFromAssemblies(assemblies);
            mediatr.AddOpenBehavior(typeof(TracingBehaviour<,>));
            mediatr.AddOpenBehavior(typeof(AuthorisationBehaviour<,>));
            mediatr.AddOpenBehavior(typeof(ValidationBehaviour<,>));
        });
        services.AddValidatorsFromAssemblies(assemblies, includeInternalTypes: true);
        // Carter's own discovery does not see internal modules.
        var endpoints = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(ICarterModule)))
            .ToArray();
        services.AddCarter(configurator: carter => carter.WithModules(endpoints).WithEmptyValidators());
        foreach (var module in modules)
        {
            Registration.For(module).AddDbContext(services);
            module.AddServices(services, configuration);
        }

        return services;
    }

    /// <summary>Adds what runs in the background of a process with the worker role.</summary>
    public static IServiceCollection AddPortalWorkers(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        foreach (var module in modules)
        {
            module.AddWorkers(services);
        }

        return services.AddHostedService<OutboxWorker>();
    }

    private abstract class Registration(IModule module)
    {
        protected IModule Module { get; } = module;

        public static Registration For(IModule module) =>
            (Registration)Activator.CreateInstance(typeof(Registration<>).MakeGenericType(module.DbContext), module)!;

        public abstract void AddDbContext(IServiceCollection services);
    }

    private sealed class Registration<TContext>(IModule module) : Registration(module)
        where TContext : ModuleDbContext
    {
        // Contexts are used again (they hold no fields of their own): to make one costs as much as a small query.
        public override void AddDbContext(IServiceCollection services) =>
            services.AddDbContextPool<TContext>((provider, options) =>
            {
                options.UseNpgsql(
                    provider.GetRequiredService<ModuleDataSources>().For(Module),
                    npgsql => npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, Module.Schema));
                Migrator.Configure(options, Module);
            });
    }
}
