using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews.ReadInterview;

/// <summary>An interview at its desk.</summary>
public sealed record ReadInterview(Guid Id) : IRequest<Outcome<DeskInterview>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;
}

/// <summary>What may be done now, and what stands in its way.</summary>
/// <param name="Trigger">The step.</param>
/// <param name="Hindrance">Key of the message that says why not; null when it may.</param>
public sealed record InterviewAct(InterviewTrigger Trigger, string? Hindrance);

/// <summary>A step that was taken.</summary>
public sealed record DeskStep(
    InterviewTrigger Trigger, DateTimeOffset At, string? ActorName, string? ActorUnit, string? Reason, DateTimeOffset? To);

/// <summary>An interview as staff see it.</summary>
public sealed record DeskInterview
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Key { get; init; }

    public required string SiteName { get; init; }

    public required string Topic { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<InterviewGuest> Guests { get; init; }

    public required string Host { get; init; }

    public required string Place { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required int Minutes { get; init; }

    public required string NoticeReason { get; init; }

    public required InterviewState State { get; init; }

    public required bool Paused { get; init; }

    public required bool IsPublic { get; init; }

    public required string Address { get; init; }

    public required bool NoticeShort { get; init; }

    /// <summary>The first day that would need no reason.</summary>
    public required DateOnly Earliest { get; init; }

    public DateOnly? TranscriptDue { get; init; }

    public required bool TranscriptLate { get; init; }

    /// <summary>Was what is under review sent back?</summary>
    public required bool Returned { get; init; }

    public Guid? EditionId { get; init; }

    public required string Digest { get; init; }

    public required IReadOnlyDictionary<QuestionState, int> Questions { get; init; }

    public required int Lines { get; init; }

    public required IReadOnlyList<InterviewAct> Acts { get; init; }

    public required IReadOnlyList<DeskStep> Steps { get; init; }

    /// <summary>Open mailboxes of the site, for what is left open.</summary>
    public required IReadOnlyList<Choice> Mailboxes { get; init; }
}

internal sealed class ReadInterviewHandler(
    InteractionDbContext db, InterviewScope scope, InterviewWriter writer, Portal.Shared.Sites.ISites sites, TimeProvider clock)
    : IRequestHandler<ReadInterview, Outcome<DeskInterview>>
{
    public async Task<Outcome<DeskInterview>> Handle(ReadInterview request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        db.ChangeTracker.Clear();
        var found = (await writer.FindAsync(request.Id, cancellationToken))!;
        var (interview, site) = (found.Interview, reached.Value.Site);
        var now = clock.GetUtcNow();
        var today = BeijingTime.Date(now);
        var questions = await db.InterviewQuestions.AsNoTracking().Where(row => row.InterviewId == interview.Id)
            .GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var acts = InterviewFlow.Steps
            .Where(step => step.From.Contains(interview.State) && step.Who.HasFlag(InterviewParty.Editor) && step.Trigger != InterviewTrigger.Edit)
            .Where(step => step.Trigger != (interview.IsPaused ? InterviewTrigger.Pause : InterviewTrigger.Resume))
            .Where(step => step.Trigger != InterviewTrigger.ExplainNotice || InterviewDays.IsNoticeShort(interview, found.Calendar, today))
            .Select(step => new InterviewAct(step.Trigger, InterviewRules.Hindrance(found, step.Trigger, now))).ToList();
        var mailboxes = acts.Exists(act => act is { Trigger: InterviewTrigger.HandOver, Hindrance: null })
            ? await db.Mailboxes.AsNoTracking().Where(row => row.SiteId == interview.SiteId && row.IsOpen)
                .OrderBy(row => row.Position).ThenBy(row => row.Key).Select(row => new Choice(row.Id.ToString(), row.Name)).ToListAsync(cancellationToken)
            : [];
        return new DeskInterview
        {
            Id = interview.Id,
            Version = interview.Version,
            Key = interview.Key,
            SiteName = site.Name,
            Topic = interview.Topic,
            Summary = interview.Summary,
            Guests = interview.Guests,
            Host = interview.Host,
            Place = interview.Place,
            StartsAt = interview.StartsAt,
            Minutes = interview.Minutes,
            NoticeReason = interview.NoticeReason,
            State = interview.State,
            Paused = interview.IsPaused,
            IsPublic = interview.AnnouncedAt is not null,
            Address = sites.AddressOf(site, "interviews/" + interview.Key).AbsoluteUri,
            NoticeShort = interview.LiveAt is null && InterviewDays.IsNoticeShort(interview, found.Calendar, today),
            Earliest = InterviewDays.Earliest(interview.AnnouncedAt is { } at ? BeijingTime.Date(at) : today, found.Calendar),
            TranscriptDue = InterviewDays.TranscriptDue(interview, found.Calendar),
            TranscriptLate = InterviewDays.IsTranscriptLate(interview, found.Calendar, today),
            Returned = found.Standing is { Stage: AnnouncementStage.Returned },
            EditionId = found.Standing?.EditionId,
            Digest = interview.Digest,
            Questions = questions,
            Lines = await db.InterviewUtterances.CountAsync(row => row.InterviewId == interview.Id && row.Replaces == null, cancellationToken),
            Acts = acts,
            Steps = [.. found.Events.Select(step => new DeskStep(step.Trigger, step.At, step.ActorName, step.ActorUnit, step.Reason, step.To))],
            Mailboxes = mailboxes,
        };
    }
}
