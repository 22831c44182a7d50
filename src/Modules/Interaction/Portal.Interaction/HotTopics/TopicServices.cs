using Microsoft.Extensions.DependencyInjection;

namespace Portal.Interaction.HotTopics;

internal static class TopicServices
{
    public static void AddHotTopics(this IServiceCollection services)
    {
        services.AddScoped<TopicWriter>();
        services.AddScoped<TopicIntake>();
        services.AddScoped<TopicScope>();
    }
}
