using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Surveys;

/// <summary>Who is told who answered; fixed when the survey goes to review.</summary>
public enum SurveyMode
{
    /// <summary>不记名: nobody can tell who answered, nor when within a day, nor in which order.</summary>
    Anonymous,

    /// <summary>一人一码: each code is good for one answer.</summary>
    Code,

    /// <summary>实名: name and proof, sealed.</summary>
    RealName,
}

/// <summary>By what one person is told from another in the real-name mode.</summary>
public enum SurveyProof
{
    Phone,
    ResidentCard,
}

/// <summary>A survey of a site. Its questionnaire is frozen as a <see cref="SurveyVersion"/> when it goes to review.</summary>
internal sealed class Survey
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Names it in addresses.</summary>
    public required string Key { get; init; }

    public required string Title { get; set; }

    /// <summary>What it is for and what will be done with it; told to the public.</summary>
    public required string Purpose { get; set; }

    /// <summary>Whom it is for.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Minutes that it takes.</summary>
    public int Minutes { get; set; }

    /// <summary>The unit that does it, and how to reach it.</summary>
    public required string Unit { get; set; }

    public string Contact { get; set; } = "";

    public SurveyMode Mode { get; set; }

    public SurveyProof Proof { get; set; }

    public DateOnly OpensOn { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly ClosesOn { get; set; }

    public SurveyState State { get; set; }

    /// <summary>The questionnaire as it is worked on.</summary>
    public required string Definition { get; set; }

    /// <summary>The hash of the frozen questionnaire; answers name it.</summary>
    public string? Hash { get; set; }

    /// <summary>Where the notice and the result report are, once they are public.</summary>
    public string? NoticePath { get; set; }

    public string? ResultPath { get; set; }

    /// <summary>How the result was used 运用情况, as it was submitted.</summary>
    public string? Usage { get; set; }

    /// <summary>The figures as they were submitted (<see cref="SurveyFigures"/>).</summary>
    public string? Figures { get; set; }

    /// <summary>The day on which the result became public.</summary>
    public DateOnly? ReportedOn { get; set; }

    /// <summary>Why it was cancelled.</summary>
    public string? CancelReason { get; set; }

    /// <summary>Why, and from which day, the last extension moved the end.</summary>
    public string? ExtensionReason { get; set; }

    public DateOnly? FirstClosesOn { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ErasedAt { get; set; }

    public int Version { get; set; }
}

internal sealed class SurveyConfiguration : IEntityTypeConfiguration<Survey>
{
    public const string OneKey = "ux_surveys_key";

    public void Configure(EntityTypeBuilder<Survey> builder)
    {
        builder.ToTable("surveys", table =>
        {
            table.HasCheckConstraint("ck_surveys_period", "closes_on >= opens_on");
            table.HasCheckConstraint("ck_surveys_cancelled", "(state = 'Cancelled') = (cancel_reason is not null)");
            table.HasCheckConstraint("ck_surveys_reported", "state <> 'Reported' or (usage is not null and figures is not null and reported_on is not null)");
            table.HasCheckConstraint("ck_surveys_frozen", "state in ('Draft', 'Cancelled') or hash is not null");
        });
        builder.HasKey(survey => survey.Id);
        builder.Property(survey => survey.Key).HasMaxLength(60);
        builder.Property(survey => survey.Title).HasMaxLength(100);
        builder.Property(survey => survey.Purpose).HasMaxLength(3000);
        builder.Property(survey => survey.Audience).HasMaxLength(200);
        builder.Property(survey => survey.Unit).HasMaxLength(100);
        builder.Property(survey => survey.Contact).HasMaxLength(200);
        builder.Property(survey => survey.Mode).HasConversion<string>().HasMaxLength(16);
        builder.Property(survey => survey.Proof).HasConversion<string>().HasMaxLength(16);
        builder.Property(survey => survey.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(survey => survey.Hash).HasMaxLength(64);
        builder.Property(survey => survey.NoticePath).HasMaxLength(400);
        builder.Property(survey => survey.ResultPath).HasMaxLength(400);
        builder.Property(survey => survey.Usage).HasMaxLength(5000);
        builder.Property(survey => survey.CancelReason).HasMaxLength(500);
        builder.Property(survey => survey.ExtensionReason).HasMaxLength(500);
        builder.Property(survey => survey.Version).IsConcurrencyToken();
        builder.HasIndex(survey => new { survey.SiteId, survey.Key }).IsUnique().HasDatabaseName(OneKey);
        builder.HasIndex(survey => new { survey.SiteId, survey.OpensOn, survey.Id }).HasDatabaseName("ix_surveys_newest");
        builder.HasIndex(survey => new { survey.SiteId, survey.ClosesOn }).HasDatabaseName("ix_surveys_owed").HasFilter("reported_on is null");
    }
}

/// <summary>A questionnaire as it was frozen; the database refuses to change it.</summary>
internal sealed class SurveyVersion
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required string Content { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class SurveyVersionConfiguration : IEntityTypeConfiguration<SurveyVersion>
{
    public void Configure(EntityTypeBuilder<SurveyVersion> builder)
    {
        builder.ToTable("survey_versions");
        builder.HasKey(version => version.Id);
        builder.HasOne<Survey>().WithMany().HasForeignKey(version => version.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(version => version.Hash).HasMaxLength(64);
        builder.HasIndex(version => new { version.SurveyId, version.Hash }).IsUnique().HasDatabaseName("ux_survey_versions_hash");
    }
}

/// <summary>A code that lets one person answer; only a keyed hash of it is kept.</summary>
internal sealed class SurveyCode
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    /// <summary>The batch it was issued in.</summary>
    public int Batch { get; init; }

    public required string Hash { get; init; }
}

internal sealed class SurveyCodeConfiguration : IEntityTypeConfiguration<SurveyCode>
{
    public void Configure(EntityTypeBuilder<SurveyCode> builder)
    {
        builder.ToTable("survey_codes");
        builder.HasKey(code => code.Id);
        builder.HasOne<Survey>().WithMany().HasForeignKey(code => code.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(code => code.Hash).HasMaxLength(64);
        builder.HasIndex(code => new { code.SurveyId, code.Hash }).IsUnique().HasDatabaseName("ux_survey_codes_hash");
        builder.HasIndex(code => new { code.SurveyId, code.Batch }).HasDatabaseName("ix_survey_codes_batch");
    }
}

/// <summary>An answer that may be changed until the end: with a one-time code, or of a person whose name and proof lie sealed.</summary>
internal sealed class SurveyAnswer
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    /// <summary>The questionnaire that was answered.</summary>
    public required string Hash { get; init; }

    /// <summary>Keyed hash of the code or of the person's proof: one answer for each.</summary>
    public required string Holder { get; init; }

    /// <summary>The form that was sent first, so that a second click is the same answer.</summary>
    public Guid FormId { get; init; }

    /// <summary>Keyed hash of the code to change it with, in the real-name mode.</summary>
    public string? ChangeHash { get; init; }

    /// <summary>Name and proof under a key of this answer; both null once erased, and in the code mode.</summary>
    public byte[]? Sealed { get; set; }

    public string? SealedKey { get; set; }

    public required string Content { get; set; }

    public DateOnly Day { get; init; }

    public int Version { get; set; }
}

internal sealed class SurveyAnswerConfiguration : IEntityTypeConfiguration<SurveyAnswer>
{
    public const string OneHolder = "ux_survey_answers_holder";
    public const string OneForm = "ux_survey_answers_form";

    public void Configure(EntityTypeBuilder<SurveyAnswer> builder)
    {
        builder.ToTable("survey_answers");
        builder.HasKey(answer => answer.Id);
        builder.HasOne<Survey>().WithMany().HasForeignKey(answer => answer.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(answer => answer.Hash).HasMaxLength(64);
        builder.Property(answer => answer.Holder).HasMaxLength(64);
        builder.Property(answer => answer.ChangeHash).HasMaxLength(64);
        builder.Property(answer => answer.SealedKey).HasMaxLength(1000);
        builder.Property(answer => answer.Content).HasColumnType("jsonb");
        builder.Property(answer => answer.Version).IsConcurrencyToken();
        builder.HasIndex(answer => new { answer.SurveyId, answer.Holder }).IsUnique().HasDatabaseName(OneHolder);
        builder.HasIndex(answer => new { answer.SurveyId, answer.FormId }).IsUnique().HasDatabaseName(OneForm);
        builder.HasIndex(answer => new { answer.SurveyId, answer.ChangeHash })
            .HasDatabaseName("ix_survey_answers_change").HasFilter("change_hash is not null");
    }
}

/// <summary>
/// An anonymous answer on the day it came: closed and of one length, so that the order in which these rows lie tells
/// nothing of what they hold. When the day is over all are opened together, mixed, and become <see cref="SurveyBallot"/>s;
/// what stays for a while is that the form was sent.
/// </summary>
internal sealed class SurveyEnvelope
{
    /// <summary>Keyed hash of the form: random, and the same for a second click.</summary>
    public required string Form { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    public DateOnly Day { get; init; }

    /// <summary>Null once it was opened.</summary>
    public byte[]? Sealed { get; set; }
}

internal sealed class SurveyEnvelopeConfiguration : IEntityTypeConfiguration<SurveyEnvelope>
{
    public void Configure(EntityTypeBuilder<SurveyEnvelope> builder)
    {
        builder.ToTable("survey_envelopes");
        builder.HasKey(envelope => envelope.Form);
        builder.HasOne<Survey>().WithMany().HasForeignKey(envelope => envelope.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(envelope => envelope.Form).HasMaxLength(64);
        builder.HasIndex(envelope => new { envelope.SurveyId, envelope.Day }).HasDatabaseName("ix_survey_envelopes_day");
    }
}

/// <summary>
/// An anonymous answer, mixed. Its id is random, not of version 7 as everywhere else: that would be a time stamp. It has no
/// day; words of one's own lie apart from it (<see cref="SurveyWords"/>), because a style of writing may be known.
/// </summary>
internal sealed class SurveyBallot
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    public required string Hash { get; init; }

    public required string Content { get; init; }
}

internal sealed class SurveyBallotConfiguration : IEntityTypeConfiguration<SurveyBallot>
{
    public void Configure(EntityTypeBuilder<SurveyBallot> builder)
    {
        builder.ToTable("survey_ballots");
        builder.HasKey(ballot => ballot.Id);
        builder.HasOne<Survey>().WithMany().HasForeignKey(ballot => ballot.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(ballot => ballot.Hash).HasMaxLength(64);
        builder.Property(ballot => ballot.Content).HasColumnType("jsonb");
        builder.HasIndex(ballot => ballot.SurveyId).HasDatabaseName("ix_survey_ballots_survey");
    }
}

/// <summary>Words of one's own from an anonymous answer, apart from it. The id is random here too.</summary>
internal sealed class SurveyWords
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    public required string Question { get; init; }

    public required string Text { get; init; }
}

internal sealed class SurveyWordsConfiguration : IEntityTypeConfiguration<SurveyWords>
{
    public void Configure(EntityTypeBuilder<SurveyWords> builder)
    {
        builder.ToTable("survey_words");
        builder.HasKey(words => words.Id);
        builder.HasOne<Survey>().WithMany().HasForeignKey(words => words.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(words => words.Question).HasMaxLength(16);
        builder.Property(words => words.Text).HasMaxLength(4000);
        builder.HasIndex(words => new { words.SurveyId, words.Question, words.Id }).HasDatabaseName("ix_survey_words_question");
    }
}

/// <summary>How many answers a day brought.</summary>
internal sealed class SurveyDay
{
    public Guid SurveyId { get; init; }

    public DateOnly Day { get; init; }

    public Guid SiteId { get; init; }

    public int Answers { get; set; }
}

internal sealed class SurveyDayConfiguration : IEntityTypeConfiguration<SurveyDay>
{
    public void Configure(EntityTypeBuilder<SurveyDay> builder)
    {
        builder.ToTable("survey_days");
        builder.HasKey(day => new { day.SurveyId, day.Day });
        builder.HasOne<Survey>().WithMany().HasForeignKey(day => day.SurveyId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Words of one's own that staff chose for the public, masked by a person. It names no answer.</summary>
internal sealed class SurveyQuote
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid SurveyId { get; init; }

    public required string Question { get; init; }

    /// <summary>As the public reads it.</summary>
    public required string Text { get; init; }

    /// <summary>Keyed hash of the words as they were written: chosen once.</summary>
    public required string Source { get; init; }
}

internal sealed class SurveyQuoteConfiguration : IEntityTypeConfiguration<SurveyQuote>
{
    public const string Once = "ux_survey_quotes_source";

    public void Configure(EntityTypeBuilder<SurveyQuote> builder)
    {
        builder.ToTable("survey_quotes");
        builder.HasKey(quote => quote.Id);
        builder.HasOne<Survey>().WithMany().HasForeignKey(quote => quote.SurveyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(quote => quote.Question).HasMaxLength(16);
        builder.Property(quote => quote.Text).HasMaxLength(4000);
        builder.Property(quote => quote.Source).HasMaxLength(64);
        builder.HasIndex(quote => new { quote.SurveyId, quote.Source }).IsUnique().HasDatabaseName(Once);
    }
}
