using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Host.Calendars;

internal static class CalendarRegistration
{
    public static void AddCalendars(this IServiceCollection services)
    {
        services.AddSingleton<CalendarDirectory>();
        services.AddSingleton<ICalendars>(provider => provider.GetRequiredService<CalendarDirectory>());
        services.AddScoped<CalendarReader>();
        services.AddScoped<CalendarScope>();
        services.AddScoped<CalendarPreviews>();
        services.AddScoped<ITodayCards, CalendarCards>();
    }
}
