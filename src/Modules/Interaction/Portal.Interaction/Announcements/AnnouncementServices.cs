using Microsoft.Extensions.DependencyInjection;

namespace Portal.Interaction.Announcements;

internal static class AnnouncementServices
{
    public static void AddAnnouncements(this IServiceCollection services)
    {
        services.AddScoped<AnnouncementDesk>();
        services.AddScoped<FollowAnnouncements>();
    }
}
