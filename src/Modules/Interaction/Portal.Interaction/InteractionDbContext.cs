using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Interaction.Consultations;
using Portal.Interaction.ErrorReports;
using Portal.Interaction.HotTopics;
using Portal.Interaction.HotTopics.Signals;
using Portal.Interaction.Interviews;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Interaction.Letters.Figures;
using Portal.Interaction.Letters.Templates;
using Portal.Interaction.Surveys;
using Portal.Shared.Data;

namespace Portal.Interaction;

internal sealed class InteractionDbContext(DbContextOptions<InteractionDbContext> options) : ModuleDbContext(options, "interaction")
{
    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<AnnouncedDocument> AnnouncedDocuments => Set<AnnouncedDocument>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<Letter> Letters => Set<Letter>();

    public DbSet<LetterEvent> LetterEvents => Set<LetterEvent>();

    public DbSet<LetterPaper> LetterPapers => Set<LetterPaper>();

    public DbSet<LetterAssignment> LetterAssignments => Set<LetterAssignment>();

    public DbSet<LetterCopy> LetterCopies => Set<LetterCopy>();

    public DbSet<LetterCopyPart> LetterCopyParts => Set<LetterCopyPart>();

    public DbSet<ReplyTemplate> ReplyTemplates => Set<ReplyTemplate>();

    public DbSet<ReplyTemplateVersion> ReplyTemplateVersions => Set<ReplyTemplateVersion>();

    public DbSet<ErrorReport> ErrorReports => Set<ErrorReport>();

    public DbSet<ErrorReportEvent> ErrorReportEvents => Set<ErrorReportEvent>();

    public DbSet<HotTopic> HotTopics => Set<HotTopic>();

    public DbSet<TopicSource> TopicSources => Set<TopicSource>();

    public DbSet<TopicStep> TopicSteps => Set<TopicStep>();

    public DbSet<TopicResponse> TopicResponses => Set<TopicResponse>();

    public DbSet<Interview> Interviews => Set<Interview>();

    public DbSet<InterviewEvent> InterviewEvents => Set<InterviewEvent>();

    public DbSet<InterviewQuestion> InterviewQuestions => Set<InterviewQuestion>();

    public DbSet<InterviewUtterance> InterviewUtterances => Set<InterviewUtterance>();

    public DbSet<InterviewSignal> InterviewSignals => Set<InterviewSignal>();

    public DbSet<Survey> Surveys => Set<Survey>();

    public DbSet<SurveyVersion> SurveyVersions => Set<SurveyVersion>();

    public DbSet<SurveyCode> SurveyCodes => Set<SurveyCode>();

    public DbSet<SurveyAnswer> SurveyAnswers => Set<SurveyAnswer>();

    public DbSet<SurveyEnvelope> SurveyEnvelopes => Set<SurveyEnvelope>();

    public DbSet<SurveyBallot> SurveyBallots => Set<SurveyBallot>();

    public DbSet<SurveyWords> SurveyWords => Set<SurveyWords>();

    public DbSet<SurveyDay> SurveyDays => Set<SurveyDay>();

    public DbSet<SurveyQuote> SurveyQuotes => Set<SurveyQuote>();

    public DbSet<LetterCount> LetterCounts => Set<LetterCount>();

    public DbSet<LetterCountChange> LetterCountChanges => Set<LetterCountChange>();

    public DbSet<Consultation> Consultations => Set<Consultation>();

    public DbSet<ConsultationStep> ConsultationSteps => Set<ConsultationStep>();

    public DbSet<Opinion> Opinions => Set<Opinion>();

    public DbSet<OpinionPaper> OpinionPapers => Set<OpinionPaper>();

    public DbSet<OpinionCluster> OpinionClusters => Set<OpinionCluster>();

    public DbSet<Signal> Signals => Set<Signal>();

    public DbSet<SignalJudgement> SignalJudgements => Set<SignalJudgement>();

    public DbSet<SignalFeed> SignalFeeds => Set<SignalFeed>();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        LetterCounting.Count(this);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>The next serial of one of the sequences below; one that is drawn and not used is missing for good.</summary>
    public async Task<int> NextSerialAsync(string sequence, CancellationToken cancellationToken) =>
        (await Database.SqlQuery<int>($"select nextval({"interaction." + sequence}::regclass)::int as \"Value\"").ToListAsync(cancellationToken))[0];

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasSequence<long>(LetterNumber.Sequence);
        modelBuilder.HasSequence<long>(ErrorReportNumber.Sequence);
        modelBuilder.HasSequence<long>(OpinionNumber.Sequence);
        modelBuilder.HasSequence<long>(QuestionNumber.Sequence);
        modelBuilder.HasSequence<long>(TopicNumber.Sequence);
    }
}

internal sealed class InteractionDbContextFactory() : ModuleDbContextFactory<InteractionDbContext>(new InteractionModule());
