using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.HotTopics.Demo;
using Portal.Interaction.HotTopics.ListTopics;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

internal static class TopicServices
{
    public static void AddHotTopics(this IServiceCollection services)
    {
        services.AddScoped<TopicWriter>();
        services.AddScoped<TopicIntake>();
        services.AddScoped<TopicScope>();
        services.AddScoped<TopicSetsOf>();
        services.AddScoped<TopicRows>();
        services.AddScoped<TopicPapers>();
        services.AddScoped<TopicFigures>();
        services.AddScoped<PublicDocuments>();
        services.AddScoped<FollowResponses>();
        services.AddScoped<IAnnounced, TopicAnnounced>();
        services.AddScoped<IConsoleMenu, TopicMenu>();
        services.AddScoped<ITodayCards, TopicCards>();
        services.AddScoped<IChannelEntries, ResponseEntries>();
        services.AddScoped<IDemoSeed, DemoTopics>();
    }
}
