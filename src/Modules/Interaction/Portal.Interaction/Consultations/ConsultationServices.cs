using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.Consultations.Demo;
using Portal.Interaction.Consultations.ListOpinions;
using Portal.Interaction.Consultations.SweepConsultations;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations;

internal static class ConsultationServices
{
    public static void AddConsultations(this IServiceCollection services)
    {
        services.AddSingleton<OpinionForms>();
        services.AddScoped<OpinionPapers>();
        services.AddScoped<OpinionIntake>();
        services.AddScoped<OpinionSteps>();
        services.AddScoped<ReportBuilder>();
        services.AddScoped<ConsultationReader>();
        services.AddScoped<ConsultationScope>();
        services.AddScoped<ConsultationAnnouncements>();
        services.AddScoped<IAnnounced>(provider => provider.GetRequiredService<ConsultationAnnouncements>());
        services.AddScoped<SweepConsultations.SweepConsultations>();
        services.AddSingleton<ICommandLine, ConsultationsCommand>();
        services.AddScoped<IConsoleMenu, ConsultationMenu>();
        services.AddScoped<ITodayCards, ConsultationCards>();
        services.AddScoped<IChannelEntries, ConsultationEntries>();
        services.AddScoped<IDemoSeed, DemoConsultations>();
    }

    public static void AddConsultationWorkers(this IServiceCollection services) => services.AddHostedService<ConsultationWorker>();
}
