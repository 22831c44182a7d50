using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing.Demo;
using Portal.Publishing.Documents;
using Portal.Publishing.Documents.PreviewEdition;
using Portal.Publishing.Documents.ReadEdition;
using Portal.Publishing.Documents.SharePreview;
using Portal.Publishing.Imports.ImportDocuments;
using Portal.Publishing.Pages;
using Portal.Publishing.Reviews;
using Portal.Publishing.Reviews.ReadReview;
using Portal.Publishing.Schedules.PublishDue;
using Portal.Publishing.Search.FruitlessSearches;
using Portal.Publishing.Search.Reindex;
using Portal.Publishing.Writing;
using Portal.Shared.Commands;
using Portal.Shared.Data;
using Portal.Shared.Modules;
using Portal.Shared.Ui;

namespace Portal.Publishing;

/// <summary>The Publishing module as the host sees it.</summary>
public sealed class PublishingModule : IModule
{
    /// <inheritdoc />
    public string Name => "Publishing";

    /// <inheritdoc />
    public string Schema => "publishing";

    /// <inheritdoc />
    public Type DbContext => typeof(PublishingDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(PublishingModule).Assembly;

    /// <inheritdoc />
    public IReadOnlyList<string> AppendOnlyTables => ["reviews", "emergency_publications", "second_looks"];

    /// <inheritdoc />
    public IReadOnlyList<Type> Settings => [typeof(PublishingSettings), typeof(PublicSiteSettings)];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<EditionScope>();
        services.AddScoped<EditionReader>();
        services.AddScoped<WritableChannels>();
        services.AddScoped<IConsoleMenu, WritingMenu>();
        services.AddSingleton<PreviewLinks>();
        services.AddScoped<PreviewReader>();
        services.AddScoped<Publisher>();
        services.AddSingleton(provider => new PublishedData(provider.GetRequiredService<ModuleConnections>().For(this)));
        services.AddSingleton<ISiteNavigation, SiteNavigation>();
        services.AddScoped<IDemoSeed, DemoChannels>();
        services.AddScoped<IDemoSeed, DemoDocuments>();
        services.AddScoped<IDemoSeed, DemoComposed>();
        services.AddSingleton<PublishDue>();
        services.AddScoped<ImportDocuments>();
        services.AddScoped<Reindex>();
        services.AddSingleton<FruitlessCounter>();
        services.AddScoped<ForgetFruitlessSearches>();
        services.AddSingleton<ICommandLine, ImportCommand>();
        services.AddSingleton<ICommandLine, ReindexCommand>();
        services.AddScoped<WaitingEditions>();
        services.AddScoped<SubmissionCheck>();
        services.AddScoped<DisclosureGate>();
        services.AddScoped<InterpretationGate>();
        services.AddScoped<DecidedReview>();
        services.AddScoped<IConsoleMenu, ReviewMenu>();
        services.AddScoped<ITodayCards, ReviewCards>();
    }

    /// <inheritdoc />
    public void AddWorkers(IServiceCollection services)
    {
        services.AddHostedService<ScheduleWorker>();
        services.AddHostedService<FruitlessSearchWorker>();
    }
}
