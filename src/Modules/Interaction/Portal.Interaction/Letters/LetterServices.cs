using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Letters.Demo;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

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
        services.AddScoped<LetterReceipts>();
        services.AddScoped<LetterIntake>();
        services.AddScoped<LetterReader>();
        services.AddScoped<LetterScope>();
        services.AddScoped<Copies.CopyDesk>();
        services.AddScoped<IChannelEntries, LetterEntries>();
        services.AddScoped<ISearchPlaces, Copies.CopyPlaces>();
        services.AddScoped<IDemoSeed, DemoLetters>();
    }
}
