using System.Net;
using System.Security.Cryptography;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

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
    Throttle<InteractionDbContext> throttle,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<InterviewText> text) : IRequestHandler<FollowQuestion, Outcome<FollowedQuestion>>
{
    /// <summary>The field of an error that asks to wait.</summary>
    public const string Slow = "Slow";

    private static readonly string Nobody = new('0', 64);

    public async Task<Outcome<FollowedQuestion>> Handle(FollowQuestion request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var limits = settings.For<InterviewSettings>(site.Id);
        var number = QuestionNumber.Normalise(request.Number);
        var hour = TimeSpan.FromHours(1);
        var network = NetworkBlock.Of(request.Sender);
        if (!(await throttle.TakeAsync("question-look", network, limits.LookUpsPerNetworkAndHour, hour, cancellationToken)).Granted)
        {
            return Failure.Invalid(Slow, text["Follow.Slow"]);
        }

        // The same work and the same answer, whether the number, the code or both are wrong.
        var hash = await keyring.HashAsync("code", SecretCode.Normalise(request.Code), cancellationToken);
        var found = await db.InterviewQuestions.AsNoTracking().Where(row => row.Number == number)
            .Join(
                db.Interviews.Where(interview => interview.SiteId == site.Id), question => question.InterviewId, interview => interview.Id,
                (question, interview) => new { Question = question, Interview = interview })
            .SingleOrDefaultAsync(cancellationToken);
        var same = CryptographicOperations.FixedTimeEquals(
            Convert.FromHexString(hash), Convert.FromHexString(found?.Question.CodeHash ?? Nobody));
        if (same && found is not null)
        {
            return await ViewAsync(found.Question, found.Interview, cancellationToken);
        }

        // Only what is wrong counts against a number, and only for where it came from: nobody can lock an asker out.
        return (await throttle.TakeAsync("question-wrong", number + network, limits.LookUpsPerNumberAndHour, hour, cancellationToken)).Granted
            ? Failure.Invalid("", text["Follow.Wrong"])
            : Failure.Invalid(Slow, text["Follow.Slow"]);
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
