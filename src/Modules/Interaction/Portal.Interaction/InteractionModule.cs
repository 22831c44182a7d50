using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.Consultations;
using Portal.Interaction.ErrorReports;
using Portal.Interaction.HotTopics;
using Portal.Interaction.HotTopics.Signals;
using Portal.Interaction.Interviews;
using Portal.Interaction.Letters;
using Portal.Interaction.Quotas;
using Portal.Interaction.Surveys;
using Portal.Shared.Modules;

namespace Portal.Interaction;

/// <summary>The Interaction module as the host sees it.</summary>
public sealed class InteractionModule : IModule
{
    /// <inheritdoc />
    public string Name => "Interaction";

    /// <inheritdoc />
    public string Schema => "interaction";

    /// <inheritdoc />
    public Type DbContext => typeof(InteractionDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(InteractionModule).Assembly;

    /// <inheritdoc />
    public IReadOnlyList<string> AppendOnlyTables =>
    [
        "announcements", "consultation_steps", "error_report_events", "hot_topic_steps", "interview_events",
        "interview_signals", "interview_utterances", "letter_copy_parts", "letter_events", "letter_papers",
        "opinion_papers", "reply_template_versions", "signal_judgements", "survey_versions",
    ];

    /// <inheritdoc />
    public IReadOnlyList<Type> Settings =>
    [
        typeof(LetterSettings), typeof(ConsultationSettings), typeof(ErrorReportSettings), typeof(SurveySettings), typeof(InterviewSettings),
        typeof(PuzzleSettings),
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CodeLookup>();
        services.AddAnnouncements();
        services.AddQuotas();
        services.AddLetters();
        services.AddLetterDesk();
        services.AddConsultations();
        services.AddErrorReports();
        services.AddSurveys();
        services.AddInterviews();
        services.AddHotTopics();
        services.AddSignals();
    }

    /// <inheritdoc />
    public void AddWorkers(IServiceCollection services)
    {
        services.AddLetterWorkers();
        services.AddConsultationWorkers();
        services.AddErrorReportWorkers();
        services.AddSurveyWorkers();
        services.AddInterviewWorkers();
        services.AddSignalWorkers();
    }
}
