using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Interviews.FollowQuestion;

/// <summary>What became of a question: by number and code.</summary>
public sealed record FollowQuestion : IRequest<Outcome<FollowedQuestion>>, IPublicRequest
{
    public string Number { get; init; } = "";

    public string Code { get; init; } = "";

    public IPAddress? Sender { get; init; }
}

/// <summary>A question as its asker sees it.</summary>
public sealed record FollowedQuestion
{
    public required string Number { get; init; }

    public required string Key { get; init; }

    public required string Topic { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What was asked; empty once it is erased.</summary>
    public required string Text { get; init; }

    public required QuestionState State { get; init; }

    public RejectReason? Reason { get; init; }

    /// <summary>What became of the question that it was merged with.</summary>
    public QuestionState? MergedState { get; init; }

    /// <summary>The letter that it, or the question it was merged with, became: the same code opens the own one.</summary>
    public string? LetterNumber { get; init; }

    /// <summary>The last day of the answer by letter.</summary>
    public DateOnly? AnswerDue { get; init; }

    public required InterviewState Interview { get; init; }
}

internal sealed class FollowQuestionHandler(
    InteractionDbContext db,
    LetterKeyring keyring,
    LetterCalendars calendars,
    CodeLookup lookup,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<InterviewText> text) : IRequestHandler<FollowQuestion, Outcome<FollowedQuestion>>
{
    public async Task<Outcome<FollowedQuestion>> Handle(FollowQuestion request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var limits = settings.For<InterviewSettings>(site.Id);
        var number = QuestionNumber.Normalise(request.Number);
        var found = await lookup.FindAsync(
            new CodeTry("question-look", "code", number, request.Code, request.Sender, limits.LookUpsPerNetworkAndHour, limits.LookUpsPerNumberAndHour),
            keyring,
            token => db.InterviewQuestions.AsNoTracking().Where(row => row.Number == number)
                .Join(
                    db.Interviews.Where(interview => interview.SiteId == site.Id), question => question.InterviewId, interview => interview.Id,
                    (question, interview) => new { Question = question, Interview = interview })
                .SingleOrDefaultAsync(token),
            asked => asked.Question.CodeHash, key => text[key], cancellationToken);
        return found.Succeeded ? await ViewAsync(found.Value.Question, found.Value.Interview, cancellationToken) : found.Failure;
    }

    private async Task<FollowedQuestion> ViewAsync(InterviewQuestion question, Interview interview, CancellationToken cancellationToken)
    {
        var into = question.MergedInto is { } id
            ? await db.InterviewQuestions.AsNoTracking().Where(row => row.Id == id).Select(row => (QuestionState?)row.State)
                .SingleOrDefaultAsync(cancellationToken)
            : null;
        return new FollowedQuestion
        {
            Number = question.Number,
            Key = interview.Key,
            Topic = interview.Topic,
            At = question.At,
            Text = keyring.Unwrap(question.SealedKey) is { } key ? CaseKeyring.OpenJson<SentQuestion>(key, question.Id, question.Sealed).Text : "",
            State = question.State,
            Reason = question.Reason,
            MergedState = into,
            LetterNumber = question.LetterNumber,
            AnswerDue = question.LetterNumber is null ? null : InterviewDays.AnswersDue(interview, calendars.Of(interview.SiteId)),
            Interview = interview.State,
        };
    }
}
