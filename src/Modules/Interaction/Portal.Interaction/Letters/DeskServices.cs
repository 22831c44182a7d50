using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Letters.ListLetters;
using Portal.Interaction.Letters.SweepLetters;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

internal static class DeskServices
{
    public static void AddLetterDesk(this IServiceCollection services)
    {
        services.AddScoped<LetterSetsOf>();
        services.AddScoped<LetterRows>();
        services.AddScoped<Templates.TemplateDesk>();
        services.AddScoped<IConsoleMenu, LetterMenu>();
        services.AddScoped<ITodayCards, LetterCards>();
        services.AddScoped<RecountLetters.RecountLetters>();
        services.AddScoped<SweepLetters.SweepLetters>();
        services.AddScoped<Figures.RecountFigures.RecountFigures>();
        services.AddSingleton<ICommandLine, LettersCommand>();
    }

    public static void AddLetterWorkers(this IServiceCollection services)
    {
        services.AddHostedService<LetterWorker>();
        services.AddHostedService<Figures.RecountFigures.RecountFiguresWorker>();
    }
}
