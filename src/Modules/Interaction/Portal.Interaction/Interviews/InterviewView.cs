using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>A line of a list.</summary>
public sealed record InterviewLine
{
    public required string Key { get; init; }

    public required string Topic { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<InterviewGuest> Guests { get; init; }

    public required InterviewState State { get; init; }

    public required bool Paused { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Days from today; 0 on the day, less afterwards.</summary>
    public required int DaysLeft { get; init; }

    public required Guid Id { get; init; }
}

/// <summary>An interview as the public sees it.</summary>
public sealed record InterviewView
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Topic { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<InterviewGuest> Guests { get; init; }

    public required string Host { get; init; }

    public required string Place { get; init; }

    public required string Picture { get; init; }

    public required string PictureAlt { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required int Minutes { get; init; }

    /// <summary>When it really went on air and off; null before.</summary>
    public DateTimeOffset? LiveAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required string NoticeReason { get; init; }

    public required string PublicReason { get; init; }

    public required InterviewState State { get; init; }

    public required bool Paused { get; init; }

    public required bool TakesQuestions { get; init; }

    public required int DaysLeft { get; init; }

    public required string Digest { get; init; }

    /// <summary>What was said: live as the scribe wrote it, else as it was reviewed.</summary>
    public required IReadOnlyList<TranscriptLine> Lines { get; init; }

    /// <summary>The transcript is the reviewed one.</summary>
    public required bool Reviewed { get; init; }

    /// <summary>Questions that were selected and not read out yet, or that are answered later.</summary>
    public required IReadOnlyList<PublicQuestion> Questions { get; init; }

    public required int LaterCount { get; init; }

    public string? NoticePath { get; init; }

    public string? TranscriptPath { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateOnly? TranscriptDue { get; init; }

    public required bool TranscriptLate { get; init; }

    /// <summary>The last signal that this view has in it.</summary>
    public required long LastSignal { get; init; }
}

/// <summary>A question as the public sees it.</summary>
public sealed record PublicQuestion(string Name, string Text, QuestionState State);

/// <summary>Reads interviews for the public: nothing before its announcement.</summary>
internal sealed class InterviewReader(
    InteractionDbContext db, InterviewStage stage, LetterCalendars calendars, ICurrentSite current, TimeProvider clock)
{
    private static readonly QuestionState[] Shown = [QuestionState.Selected, QuestionState.Answered, QuestionState.AnsweredLater];

    /// <summary>All that the public knows of on the current site.</summary>
    public IQueryable<Interview> Public => db.Interviews.AsNoTracking()
        .Where(row => row.SiteId == current.Site!.Id && row.AnnouncedAt != null);

    public DateOnly Today => BeijingTime.Date(clock.GetUtcNow());

    public Task<Interview?> FindAsync(string key, CancellationToken cancellationToken) =>
        Public.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);

    public InterviewLine LineOf(Interview row) => new()
    {
        Id = row.Id,
        Key = row.Key,
        Topic = row.Topic,
        Summary = row.Summary,
        Guests = row.Guests,
        State = row.State,
        Paused = row.IsPaused,
        StartsAt = row.StartsAt,
        DaysLeft = BeijingTime.Date(row.StartsAt).DayNumber - Today.DayNumber,
    };

    public async Task<InterviewView> ViewAsync(Interview row, CancellationToken cancellationToken)
    {
        var reviewed = row.Transcript is { } content ? InterviewPapers.Read<InterviewTranscript>(content) : null;
        var calendar = calendars.Of(row.SiteId);
        var shown = await db.InterviewQuestions.AsNoTracking()
            .Where(question => question.InterviewId == row.Id && Shown.Contains(question.State) && question.PublicText != "")
            .OrderBy(question => question.SelectedAt).ThenBy(question => question.Id).Take(200)
            .Select(question => new PublicQuestion(question.PublicName, question.PublicText, question.State)).ToListAsync(cancellationToken);
        return new InterviewView
        {
            Id = row.Id,
            Key = row.Key,
            Topic = row.Topic,
            Summary = row.Summary,
            Guests = row.Guests,
            Host = row.Host,
            Place = row.Place,
            Picture = row.Picture,
            PictureAlt = row.PictureAlt,
            StartsAt = row.StartsAt,
            Minutes = row.Minutes,
            LiveAt = row.LiveAt,
            EndedAt = row.EndedAt,
            NoticeReason = row.NoticeReason,
            PublicReason = row.PublicReason,
            State = row.State,
            Paused = row.IsPaused,
            TakesQuestions = InterviewFlow.TakesQuestions.Contains(row.State),
            DaysLeft = BeijingTime.Date(row.StartsAt).DayNumber - Today.DayNumber,
            Digest = reviewed?.Digest ?? "",
            // After the end only what was reviewed is shown as the transcript; what went out live was public as it was said.
            Lines = reviewed?.Lines ?? (row.LiveAt is null ? [] : await stage.LinesAsync(row.Id, cancellationToken)),
            Reviewed = reviewed is not null,
            Questions = shown,
            LaterCount = reviewed?.LaterCount ?? 0,
            NoticePath = row.NoticePath,
            TranscriptPath = row.TranscriptPath,
            PublishedAt = row.PublishedAt,
            TranscriptDue = row.Transcript is null ? InterviewDays.TranscriptDue(row, calendar) : null,
            TranscriptLate = row.Transcript is null && InterviewDays.IsTranscriptLate(row, calendar, Today),
            LastSignal = row.LastSignal,
        };
    }
}
