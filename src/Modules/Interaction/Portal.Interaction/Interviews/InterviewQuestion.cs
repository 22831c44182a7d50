using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Interviews;

/// <summary>Where a question is.</summary>
public enum QuestionState
{
    /// <summary>待筛选</summary>
    Pending,

    /// <summary>已选用: the public sees its masked text.</summary>
    Selected,

    /// <summary>已合并: says the same as another.</summary>
    Merged,

    /// <summary>已回答</summary>
    Answered,

    /// <summary>会后答复: with a letter of its own where the asker wants an answer.</summary>
    AnsweredLater,

    /// <summary>未采用: with the reason.</summary>
    Rejected,
}

/// <summary>What may happen to a question.</summary>
public enum QuestionTrigger
{
    Select,
    Unselect,
    Merge,
    Reject,
    Restore,
    Answer,
}

/// <summary>Why a question is not put; the asker is told.</summary>
public enum RejectReason
{
    /// <summary>与访谈主题无关</summary>
    OffTopic,

    /// <summary>涉及个人事项，应当通过信箱反映</summary>
    PersonalMatter,

    /// <summary>内容不清</summary>
    Unclear,

    /// <summary>广告、辱骂等</summary>
    Abuse,
}

/// <summary>A line of the table of questions.</summary>
internal sealed record QuestionStep(QuestionTrigger Trigger, IReadOnlyList<QuestionState> From, QuestionState To);

/// <summary>States × triggers of a question.</summary>
internal static class QuestionFlow
{
    /// <summary>The states in which an answer is still owed.</summary>
    public static IReadOnlyList<QuestionState> Open { get; } = [QuestionState.Pending, QuestionState.Selected];

    public static IReadOnlyList<QuestionStep> Steps { get; } =
    [
        new(QuestionTrigger.Select, [QuestionState.Pending], QuestionState.Selected),
        new(QuestionTrigger.Unselect, [QuestionState.Selected], QuestionState.Pending),
        new(QuestionTrigger.Merge, [QuestionState.Pending], QuestionState.Merged),
        new(QuestionTrigger.Reject, [QuestionState.Pending], QuestionState.Rejected),
        new(QuestionTrigger.Restore, [QuestionState.Rejected, QuestionState.Merged], QuestionState.Pending),
        new(QuestionTrigger.Answer, [QuestionState.Selected], QuestionState.Answered),
    ];

    public static QuestionStep? Find(QuestionState state, QuestionTrigger trigger) =>
        Steps.FirstOrDefault(step => step.Trigger == trigger && step.From.Contains(state));

    /// <summary>What the trail calls it.</summary>
    public static string ActOf(QuestionTrigger trigger) => trigger switch
    {
        QuestionTrigger.Select => "selected",
        QuestionTrigger.Unselect => "unselected",
        QuestionTrigger.Merge => "merged",
        QuestionTrigger.Reject => "rejected",
        QuestionTrigger.Restore => "restored",
        QuestionTrigger.Answer => "answered",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };
}

/// <summary>What somebody sent: lies sealed under a key of its own.</summary>
public sealed record SentQuestion
{
    /// <summary>称呼; may be empty.</summary>
    public string Name { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Text { get; init; } = "";
}

/// <summary>A question of a visitor. What the public may read of it is a copy that staff made when they selected it.</summary>
internal sealed class InterviewQuestion
{
    public Guid Id { get; init; }

    public Guid InterviewId { get; init; }

    /// <summary>Unique in the province.</summary>
    public required string Number { get; init; }

    public Guid FormId { get; init; }

    public required string CodeHash { get; init; }

    /// <summary>Keyed hash of the text: finds the same question sent again.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Keyed hash of the phone, where one was given: counts what one person asks.</summary>
    public string? PhoneHash { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Does the asker want an answer when there is no time for it in the interview?</summary>
    public bool WantsAnswer { get; init; }

    public string? Suspicion { get; init; }

    /// <summary>The sealed <see cref="SentQuestion"/> and its key; no key once erased.</summary>
    public required byte[] Sealed { get; init; }

    public string? SealedKey { get; set; }

    public QuestionState State { get; set; }

    /// <summary>Name and text as the public reads them; empty until it was selected.</summary>
    public string PublicName { get; set; } = "";

    public string PublicText { get; set; } = "";

    public RejectReason? Reason { get; set; }

    public Guid? MergedInto { get; set; }

    /// <summary>The letter it became.</summary>
    public string? LetterNumber { get; set; }

    /// <summary>When it was selected: the order in which the public sees them.</summary>
    public DateTimeOffset? SelectedAt { get; set; }

    public int Version { get; set; }
}

internal sealed class InterviewQuestionConfiguration : IEntityTypeConfiguration<InterviewQuestion>
{
    public const string OneForm = "ux_interview_questions_form";

    public void Configure(EntityTypeBuilder<InterviewQuestion> builder)
    {
        builder.ToTable("interview_questions", table =>
            table.HasCheckConstraint("ck_interview_questions_merged", "(state = 'Merged') = (merged_into is not null)"));
        builder.HasKey(row => row.Id);
        builder.HasOne<Interview>().WithMany().HasForeignKey(row => row.InterviewId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<InterviewQuestion>().WithMany().HasForeignKey(row => row.MergedInto).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Number).HasMaxLength(30);
        builder.Property(row => row.CodeHash).HasMaxLength(64);
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.Property(row => row.PhoneHash).HasMaxLength(64);
        builder.Property(row => row.Suspicion).HasMaxLength(60);
        builder.Property(row => row.SealedKey).HasMaxLength(1000);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.PublicName).HasMaxLength(60);
        builder.Property(row => row.PublicText).HasMaxLength(2000);
        builder.Property(row => row.Reason).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.LetterNumber).HasMaxLength(30);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.Number).IsUnique().HasDatabaseName("ux_interview_questions_number");
        builder.HasIndex(row => row.FormId).IsUnique().HasDatabaseName(OneForm);
        builder.HasIndex(row => new { row.InterviewId, row.State, row.At, row.Id }).HasDatabaseName("ix_interview_questions_queue");
        builder.HasIndex(row => new { row.InterviewId, row.ContentHash }).HasDatabaseName("ix_interview_questions_content");
        builder.HasIndex(row => new { row.InterviewId, row.PhoneHash })
            .HasDatabaseName("ix_interview_questions_phone").HasFilter("phone_hash is not null");
    }
}

/// <summary>The number of a question: <c>TW2026-0001234-5</c>.</summary>
internal static class QuestionNumber
{
    public const string Sequence = "interview_question_serials";

    private static readonly CheckedNumber Form = new("TW", 7);

    public static async Task<string> NextAsync(InteractionDbContext db, int year, CancellationToken cancellationToken) =>
        Form.Write(year, await db.NextSerialAsync(Sequence, cancellationToken));

    public static string Normalise(string? typed) => Form.Normalise(typed);
}
