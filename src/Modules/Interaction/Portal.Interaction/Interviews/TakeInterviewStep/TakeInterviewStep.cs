using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Interviews.TakeInterviewStep;

/// <summary>Takes a step of an interview: one handler for all that <see cref="InterviewFlow"/> lists.</summary>
public sealed record TakeInterviewStep(Guid InterviewId, InterviewInput Input) : IRequest<Outcome<InterviewTrigger>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;
}

internal sealed class TakeInterviewStepHandler(
    InteractionDbContext db, InterviewScope scope, InterviewWriter writer, InterviewPapers papers, AnnouncementDesk announcements,
    IStringLocalizer<InterviewText> text) : IRequestHandler<TakeInterviewStep, Outcome<InterviewTrigger>>
{
    public async Task<Outcome<InterviewTrigger>> Handle(TakeInterviewStep request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.InterviewId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var input = request.Input;
        var (interview, actor, _) = reached.Value;
        var lines = InterviewFlow.Steps.Where(step => step.Trigger == input.Trigger).ToList();
        // Planning and editing have a form of their own.
        if (input.Trigger is InterviewTrigger.Edit || lines.Count == 0)
        {
            return Failure.NotFound;
        }

        if (!lines.Exists(step => step.Who.HasFlag(InterviewParty.Editor)))
        {
            return Failure.Forbidden with { About = new FailureObject("interview", interview.Id.ToString(), interview.Topic) };
        }

        if (input.Version != interview.Version)
        {
            return Stale();
        }

        var taken = input.Trigger is InterviewTrigger.SubmitAnnouncement or InterviewTrigger.SubmitTranscript
            ? await SubmitAsync(interview.Id, input, actor, cancellationToken)
            : await TakeAsync(interview.Id, input, actor, cancellationToken);
        if (taken is { } failure)
        {
            return failure;
        }

        await writer.EvictAsync(interview, cancellationToken);
        return input.Trigger;
    }

    private async Task<Failure?> TakeAsync(Guid id, InterviewInput input, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = (await writer.FindAsync(id, cancellationToken))!;
        try
        {
            var taken = await writer.TakeAsync(found, input, InterviewParty.Editor, actor, cancellationToken);
            if (!taken.Succeeded)
            {
                return taken.Failure;
            }

            await transaction.CommitAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (IsRace(exception))
        {
            return Stale();
        }
    }

    // The announcement saves the step together with itself, and only then asks for the reviews.
    private async Task<Failure?> SubmitAsync(Guid id, InterviewInput input, Actor actor, CancellationToken cancellationToken)
    {
        var found = (await writer.FindAsync(id, cancellationToken))!;
        if (writer.Check(found, input, InterviewParty.Editor) is { } refused)
        {
            return refused;
        }

        var taken = await writer.TakeAsync(found, input, InterviewParty.Editor, actor, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        var draft = input.Trigger == InterviewTrigger.SubmitAnnouncement
            ? papers.Notice(found.Interview)
            : await papers.TranscriptAsync(found.Interview, found.Interview.Digest, cancellationToken);
        try
        {
            return (await announcements.SubmitAsync(draft with { NumbersSeen = input.NumbersSeen }, actor, cancellationToken)).Failure;
        }
        catch (DbUpdateException exception) when (IsRace(exception))
        {
            return Stale();
        }
    }

    private static bool IsRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || exception.Breaks(InterviewEventConfiguration.OneSequence);

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
}
