using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.AnnualReports;
using Portal.Disclosure.Demo;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.BrowseDirectory;
using Portal.Disclosure.Directory.HarvestDirectory;
using Portal.Disclosure.Directory.RebuildDirectory;
using Portal.Disclosure.Docking;
using Portal.Disclosure.Interfaces;
using Portal.Disclosure.Openness;
using Portal.Disclosure.Proposals;
using Portal.Disclosure.Proposals.ListProposals;
using Portal.Disclosure.Requests;
using Portal.Shared.Commands;
using Portal.Shared.Modules;
using Portal.Shared.Ui;

namespace Portal.Disclosure;

/// <summary>The Disclosure module as the host sees it.</summary>
public sealed class DisclosureModule : IModule
{
    /// <inheritdoc />
    public string Name => "Disclosure";

    /// <inheritdoc />
    public string Schema => "disclosure";

    /// <inheritdoc />
    public Type DbContext => typeof(DisclosureDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(DisclosureModule).Assembly;

    /// <inheritdoc />
    public IReadOnlyList<string> AppendOnlyTables =>
    [
        "annual_report_publications", "annual_report_submissions", "directory_changes", "entry_proposal_reviews",
        "interpretation_plans", "openness_reasons", "request_events", "request_papers",
    ];

    /// <inheritdoc />
    public IReadOnlyList<Type> Settings => [typeof(DisclosureSettings), typeof(OpennessSettings), typeof(RequestSettings)];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MetadataValidator>();
        services.AddSingleton(provider => new DirectoryData(provider.GetRequiredService<ModuleDataSources>().For(this)));
        services.AddSingleton<DirectoryBrowser>();
        services.AddSingleton<HarvestReader>();
        services.AddScoped<IndexNumbers>();
        services.AddScoped<DirectoryWriter>();
        services.AddScoped<DocumentEntries>();
        services.AddScoped<DirectoryAccess>();
        services.AddScoped<EntryListing>();
        services.AddScoped<RelationReach>();
        services.AddScoped<ProposalDesk>();
        services.AddScoped<ProposalDraft>();
        services.AddScoped<ProposalRelease>();
        services.AddScoped<WaitingProposals>();
        services.AddScoped<IConsoleMenu, ProposalMenu>();
        services.AddScoped<ITodayCards, ProposalCards>();
        services.AddScoped<IConsoleMenu, DirectoryMenu>();
        services.AddScoped<RebuildDirectory>();
        services.AddScoped<IDemoSeed, DemoDirectory>();
        services.AddSingleton<ICommandLine, RebuildDirectoryCommand>();
        services.AddRequests();
        services.AddOpenness();
        services.AddDocking();
        services.AddInterfaces();
        services.AddAnnualReports();
        services.AddScoped<IDemoSeed, DemoDocking>();
    }

    /// <inheritdoc />
    public void AddWorkers(IServiceCollection services)
    {
        services.AddRequestWorkers();
        services.AddDockingWorkers();
    }
}
