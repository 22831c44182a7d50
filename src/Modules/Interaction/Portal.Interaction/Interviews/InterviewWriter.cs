using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews;

/// <summary>
/// The only writer of steps: checks the table and the rules, adds the step, brings the cache up to it, and tells live
/// visitors. It works in the transaction of its caller; announcements are submitted by the slice, before.
/// </summary>
internal sealed class InterviewWriter(
    InteractionDbContext db,
    LetterCalendars calendars,
    AnnouncementDesk announcements,
    InterviewSignals signals,
    InterviewHandover handover,
    IPageCache pages,
    IStringLocalizer<InterviewText> text,
    TimeProvider clock)
{
    /// <summary>Reads an interview for a step.</summary>
    public async Task<InterviewCase?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var interview = await db.Interviews.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (interview is null)
        {
            return null;
        }

        var events = await db.InterviewEvents.AsNoTracking().Where(row => row.InterviewId == id)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        var open = await db.InterviewQuestions.CountAsync(
            row => row.InterviewId == id && QuestionFlow.Open.Contains(row.State), cancellationToken);
        AnnouncementKind? kind = interview.State switch
        {
            InterviewState.AnnouncementUnderReview => AnnouncementKind.InterviewNotice,
            InterviewState.TranscriptUnderReview => AnnouncementKind.InterviewTranscript,
            _ => null,
        };
        var standing = kind is { } asked ? await announcements.StandingAsync(asked, id, cancellationToken) : null;
        return new InterviewCase(interview, events, open, standing, calendars.Of(interview.SiteId));
    }

    /// <summary>May the step be taken with this input? Null when it may.</summary>
    public Failure? Check(InterviewCase found, InterviewInput input, InterviewParty party)
    {
        if (InterviewFlow.Find(found.Interview.State, input.Trigger) is not { } step)
        {
            return Conflict("Rule.State");
        }

        if ((step.Who & party) == InterviewParty.None)
        {
            return Failure.Forbidden;
        }

        var now = clock.GetUtcNow();
        if (InterviewRules.Hindrance(found, input.Trigger, now) is { } hindrance)
        {
            return Conflict(hindrance);
        }

        var faults = InterviewRules.Faults(found, Cleaned(input), now, key => text[key]).ToList();
        return faults.Count > 0 ? new Failure(FailureKind.Invalid, faults) : null;
    }

    /// <summary>Takes a step that <see cref="Check"/> allows, in the transaction that is open.</summary>
    public async Task<Outcome<InterviewEvent>> TakeAsync(
        InterviewCase found, InterviewInput input, InterviewParty party, Actor? actor, CancellationToken cancellationToken)
    {
        if (Check(found, input, party) is { } failure)
        {
            return failure;
        }

        input = Cleaned(input);
        var now = clock.GetUtcNow();
        var interview = found.Interview;
        var from = interview.StartsAt;
        var step = InterviewFlow.Find(interview.State, input.Trigger)!;
        if (input.Trigger == InterviewTrigger.HandOver
            && await handover.RunAsync(interview, input.MailboxId!.Value, actor, cancellationToken) is { } refused)
        {
            return refused;
        }

        interview.State = step.To ?? interview.State;
        Bring(interview, input, now);
        var taken = new InterviewEvent
        {
            Id = Guid.CreateVersion7(now),
            InterviewId = interview.Id,
            Sequence = found.Events.Count + 1,
            Trigger = input.Trigger,
            State = interview.State,
            At = now,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Reason = input.Reason.Length > 0 ? input.Reason : null,
            From = input.Trigger == InterviewTrigger.Postpone ? from : null,
            To = input.Trigger == InterviewTrigger.Postpone ? interview.StartsAt : null,
        };
        db.InterviewEvents.Add(taken);
        Record(interview, taken, actor, now);
        // What goes to the reviews is saved by the announcement, together with it.
        if (input.Trigger is not (InterviewTrigger.SubmitAnnouncement or InterviewTrigger.SubmitTranscript))
        {
            await db.SaveChangesAsync(cancellationToken);
            if (interview.AnnouncedAt is not null)
            {
                await TellAsync(interview, cancellationToken);
            }
        }

        return taken;
    }

    /// <summary>Adds the first step of a new interview.</summary>
    public void Open(Interview interview, Actor? actor)
    {
        var now = clock.GetUtcNow();
        var taken = new InterviewEvent
        {
            Id = Guid.CreateVersion7(now),
            InterviewId = interview.Id,
            Sequence = 1,
            Trigger = InterviewTrigger.Plan,
            State = InterviewState.Planned,
            At = now,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
        };
        db.Interviews.Add(interview);
        db.InterviewEvents.Add(taken);
        Record(interview, taken, actor, now);
    }

    /// <summary>Begins the transaction that a step needs, unless one is open.</summary>
    public static async Task<IDbContextTransaction?> BeginAsync(InteractionDbContext db, CancellationToken cancellationToken) =>
        db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;

    /// <summary>Evicts the pages that show the interview.</summary>
    public Task EvictAsync(Interview interview, CancellationToken cancellationToken) =>
        pages.EvictAsync([CacheTags.Activity(interview.Id), CacheTags.Interaction(interview.SiteId)], cancellationToken);

    /// <summary>What visitors of the live page read of the state.</summary>
    public LiveState Words(Interview interview) => new(
        interview.State.ToString(),
        interview.State == InterviewState.Live && interview.IsPaused ? text["Live.Paused"] : text["Live.State." + interview.State],
        interview.State is InterviewState.Ended or InterviewState.Cancelled or InterviewState.Published);

    private async Task TellAsync(Interview interview, CancellationToken cancellationToken)
    {
        await signals.AddAsync(interview.Id, SignalKind.State, Words(interview), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static void Bring(Interview interview, InterviewInput input, DateTimeOffset now)
    {
        switch (input.Trigger)
        {
            case InterviewTrigger.Announce:
                interview.AnnouncedAt ??= now;
                break;
            case InterviewTrigger.ExplainNotice:
                interview.NoticeReason = input.Reason;
                break;
            case InterviewTrigger.Postpone:
                interview.StartsAt = InterviewTimes.Read(input.Day, input.Time)!.Value;
                interview.PublicReason = input.Reason;
                interview.Revision++;
                break;
            case InterviewTrigger.Cancel or InterviewTrigger.TakeDown:
                interview.PublicReason = input.Reason;
                interview.Revision++;
                break;
            case InterviewTrigger.Start:
                (interview.LiveAt, interview.IsPaused) = (now, false);
                break;
            case InterviewTrigger.Pause or InterviewTrigger.Resume:
                interview.IsPaused = input.Trigger == InterviewTrigger.Pause;
                break;
            case InterviewTrigger.End:
                (interview.EndedAt, interview.IsPaused) = (now, false);
                break;
            case InterviewTrigger.SubmitTranscript:
                interview.Digest = input.Digest;
                break;
            case InterviewTrigger.Publish:
                interview.PublishedAt ??= now;
                break;
        }

        interview.Version++;
    }

    private void Record(Interview interview, InterviewEvent taken, Actor? actor, DateTimeOffset now) =>
        db.Record(Decision.By(
            actor, now, "interaction.interview." + InterviewFlow.ActOf(taken.Trigger), interview.SiteId, "interview",
            interview.Id.ToString(), interview.Topic, taken.Reason, null,
            ("state", taken.State.ToString()), ("starts", BeijingTime.Minute(interview.StartsAt))));

    private static InterviewInput Cleaned(InterviewInput input) => input with
    {
        Reason = PublicText.Paragraphs(input.Reason),
        Digest = PublicText.Paragraphs(input.Digest),
    };

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
