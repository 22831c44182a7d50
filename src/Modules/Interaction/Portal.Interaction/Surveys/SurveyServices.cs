using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.Surveys.Demo;
using Portal.Interaction.Surveys.EditQuestionnaire;
using Portal.Interaction.Surveys.MixBallots;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys;

internal static class SurveyServices
{
    public static void AddSurveys(this IServiceCollection services)
    {
        services.AddSingleton<FrozenQuestionnaires>();
        services.AddSingleton<DailyNetworks>();
        services.AddSingleton<SurveyForms>();
        services.AddSingleton<SurveyEnvelopes>();
        services.AddScoped<SurveyKeyring>();
        services.AddScoped<SurveyWriter>();
        services.AddScoped<SurveyTally>();
        services.AddScoped<SurveyResults>();
        services.AddScoped<SurveyPapers>();
        services.AddScoped<SurveyScope>();
        services.AddScoped<QuestionnaireEditor>();
        services.AddScoped<MixBallots.MixBallots>();
        services.AddScoped<IAnnounced, SurveyAnnounced>();
        services.AddScoped<IConsoleMenu, SurveyMenu>();
        services.AddScoped<ITodayCards, SurveyCards>();
        services.AddScoped<IChannelEntries, SurveyEntries>();
        services.AddScoped<IDemoSeed, DemoSurveys>();
        services.AddSingleton<ICommandLine, SurveysCommand>();
    }

    public static void AddSurveyWorkers(this IServiceCollection services) => services.AddHostedService<MixWorker>();
}
