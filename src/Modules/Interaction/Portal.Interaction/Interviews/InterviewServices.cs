using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.Interviews.Demo;
using Portal.Interaction.Interviews.ModerateQuestions;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

internal static class InterviewServices
{
    public static void AddInterviews(this IServiceCollection services)
    {
        services.AddSingleton<InterviewForms>();
        services.AddSingleton<InterviewBroadcast>();
        services.AddScoped<InterviewSignals>();
        services.AddScoped<InterviewStage>();
        services.AddScoped<InterviewPapers>();
        services.AddScoped<InterviewHandover>();
        services.AddScoped<InterviewWriter>();
        services.AddScoped<InterviewScope>();
        services.AddScoped<InterviewReader>();
        services.AddScoped<QuestionRows>();
        services.AddScoped<EraseQuestions.EraseQuestions>();
        services.AddScoped<IAnnounced, AnnouncedInterviews>();
        services.AddScoped<IChannelEntries, InterviewEntries>();
        services.AddScoped<IConsoleMenu, InterviewMenu>();
        services.AddScoped<ITodayCards, InterviewCards>();
        services.AddScoped<IDemoSeed, DemoInterviews>();
    }

    public static void AddInterviewWorkers(this IServiceCollection services) =>
        services.AddHostedService<EraseQuestions.QuestionWorker>();
}
