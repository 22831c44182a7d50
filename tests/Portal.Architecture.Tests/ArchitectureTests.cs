using System.Reflection;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Modules;

namespace Portal.Architecture.Tests;

/// <summary>What the tree promises about itself. That each rule can fail is shown in <see cref="RuleProofs"/>.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Modules_reference_each_other_only_through_contracts() =>
        Assert.Empty(Repository.Projects.SelectMany(row => Rules.References(row.Project, row.References)));

    [Fact]
    public void Contracts_know_nothing_but_mediatr() =>
        Assert.Empty(Contracts().SelectMany(Rules.ContractReferences));

    [Fact]
    public void Handlers_validators_endpoints_and_contexts_are_internal_and_sealed() =>
        Assert.Empty(Rules.Closed(Repository.ModuleTypes));

    [Fact]
    public void Every_request_names_a_permission_or_the_public() =>
        Assert.Empty(Rules.Guarded(Repository.ModuleTypes));

    [Fact]
    public void Every_request_has_one_handler_and_every_fact_at_most_one_a_module() =>
        Assert.Empty(Rules.Handlers(Repository.ModuleTypes));

    [Fact]
    public void Endpoints_live_in_the_folder_of_their_slice() =>
        Assert.Empty(Rules.SliceNames(Repository.ModuleTypes));

    [Fact]
    public void Each_context_maps_its_own_schema_and_its_migrations_are_complete()
    {
        foreach (var module in Repository.Modules)
        {
            using var db = ContextOf(module);
            Assert.Empty(Rules.Schemas(db.Model, module.Schema));
            Assert.False(db.Database.HasPendingModelChanges(), $"{module.Name} lacks a migration");
        }
    }

    [Fact]
    public void No_module_names_another_modules_tables_in_sql()
    {
        var schemas = Repository.Modules.Select(module => module.Schema).ToList();
        Assert.Empty(Repository.Modules.SelectMany(module => Repository.SourcesOf(module.Name)
            .SelectMany(source => Rules.ForeignSql(source.File, source.Text, module.Schema, schemas))));
    }

    [Fact]
    public void The_list_of_events_in_the_documentation_is_complete()
    {
        var told = Contracts().SelectMany(assembly => assembly.GetExportedTypes())
            .Append(typeof(DecisionTaken))
            .Where(type => type.IsAssignableTo(typeof(INotification)))
            .Select(type => type.FullName!);
        var listed = Rules.ListedEvents(File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md")));
        Assert.Equal(told.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Requests_bound_to_forms_can_lack_any_field()
    {
        var forms = Repository.ModuleTypes
            .Where(type => type.IsAssignableTo(typeof(ICarterModule)))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic
                | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.GetCustomAttribute<FromFormAttribute>() is not null)
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.Assembly != typeof(string).Assembly && type.IsClass)
            .Distinct();
        Assert.Empty(Rules.FormBound(forms));
    }

    private static List<Assembly> Contracts() =>
    [
        .. Repository.Projects
            .Where(row => row.Project.StartsWith("Portal.", StringComparison.Ordinal)
                && row.Project.EndsWith(".Contracts", StringComparison.Ordinal))
            .Select(row => Assembly.Load(row.Project)),
    ];

    private static ModuleDbContext ContextOf(IModule module)
    {
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(
            typeof(DbContextOptionsBuilder<>).MakeGenericType(module.DbContext))!;
        builder.UseNpgsql();
        Migrator.Configure(builder, module);
        return (ModuleDbContext)Activator.CreateInstance(module.DbContext, builder.Options)!;
    }
}
