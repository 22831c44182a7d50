using Portal.Shared.Settings;

namespace Portal.Host.Administration;

internal static class AdministrationRegistration
{
    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<EffectiveSettings>();
        services.AddSingleton<ISettings>(provider => provider.GetRequiredService<EffectiveSettings>());
    }
}
