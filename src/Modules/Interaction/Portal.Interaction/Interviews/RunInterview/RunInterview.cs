using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews.RunInterview;

/// <summary>The scribe's desk.</summary>
public sealed record ReadStage(Guid Id) : IRequest<Outcome<Stage>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;
}

/// <summary>What the scribe works with.</summary>
public sealed record Stage
{
    public required Guid Id { get; init; }

    public required string Topic { get; init; }

    public required string Key { get; init; }

    public required int Version { get; init; }

    public required InterviewState State { get; init; }

    public required bool Paused { get; init; }

    public required bool Writes { get; init; }

    public required IReadOnlyList<Choice> Speakers { get; init; }

    /// <summary>Selected questions that were not read out yet.</summary>
    public required IReadOnlyList<Choice> Questions { get; init; }

    /// <summary>The last lines first.</summary>
    public required IReadOnlyList<TranscriptLine> Lines { get; init; }

    public required int Pending { get; init; }

    public required IReadOnlyList<InterviewTrigger> Acts { get; init; }
}

internal sealed class ReadStageHandler(
    InteractionDbContext db, InterviewScope scope, InterviewStage stage,
    Microsoft.Extensions.Localization.IStringLocalizer<InterviewText> text) : IRequestHandler<ReadStage, Outcome<Stage>>
{
    private static readonly InterviewTrigger[] Offered = [InterviewTrigger.Start, InterviewTrigger.Pause, InterviewTrigger.Resume, InterviewTrigger.End];

    public async Task<Outcome<Stage>> Handle(ReadStage request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var interview = reached.Value.Interview;
        var questions = await db.InterviewQuestions.AsNoTracking()
            .Where(row => row.InterviewId == interview.Id && row.State == QuestionState.Selected)
            .OrderBy(row => row.SelectedAt).Select(row => new Choice(row.Id.ToString(), row.PublicName + "：" + row.PublicText, null))
            .ToListAsync(cancellationToken);
        var pending = await db.InterviewQuestions.CountAsync(
            row => row.InterviewId == interview.Id && row.State == QuestionState.Pending, cancellationToken);
        var lines = await stage.LinesAsync(interview.Id, cancellationToken);
        return new Stage
        {
            Id = interview.Id,
            Topic = interview.Topic,
            Key = interview.Key,
            Version = interview.Version,
            State = interview.State,
            Paused = interview.IsPaused,
            Writes = InterviewFlow.Transcribes.Contains(interview.State),
            Speakers =
            [
                new Choice("host", text["Speaker.Named", text["Speaker.Host"].Value, interview.Host]),
                .. interview.Guests.Select((guest, index) => new Choice(
                    InterviewStage.RoleOf(Speaker.Guest, index + 1), text["Speaker.Named", text["Speaker.Guest"].Value, guest.Name])),
                new Choice("question", text["Speaker.Question"]),
            ],
            Questions = questions,
            Lines = [.. lines.Reverse()],
            Pending = pending,
            Acts =
            [
                .. Offered.Where(trigger => InterviewFlow.Find(interview.State, trigger) is not null
                    && trigger != (interview.IsPaused ? InterviewTrigger.Pause : InterviewTrigger.Resume)),
            ],
        };
    }
}

/// <summary>Writes down what was said.</summary>
public sealed record RunInterview(Guid Id, UtteranceInput Input) : IRequest<Outcome<int>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;
}

internal sealed class RunInterviewHandler(InterviewScope scope, InterviewStage stage, InterviewWriter writer)
    : IRequestHandler<RunInterview, Outcome<int>>
{
    public async Task<Outcome<int>> Handle(RunInterview request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (interview, actor, _) = reached.Value;
        var said = await stage.SayAsync(interview, request.Input, actor, cancellationToken);
        if (said.Succeeded)
        {
            await writer.EvictAsync(interview, cancellationToken);
        }

        return said;
    }
}
