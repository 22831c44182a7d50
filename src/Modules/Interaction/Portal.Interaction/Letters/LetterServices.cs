using Microsoft.Extensions.DependencyInjection;

namespace Portal.Interaction.Letters;

internal static class LetterServices
{
    public static void AddLetters(this IServiceCollection services)
    {
        services.AddSingleton<LetterCalendars>();
        services.AddSingleton<LetterForms>();
        services.AddScoped<LetterKeyring>();
        services.AddScoped<LetterPapers>();
        services.AddScoped<LetterWriter>();
        services.AddScoped<LetterIntake>();
        services.AddScoped<LetterReader>();
        services.AddScoped<LetterScope>();
    }
}
