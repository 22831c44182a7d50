using System.Net;
using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Throttling;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.AskQuestion;

/// <summary>A question to the guests of an interview. No account is needed.</summary>
public sealed record AskQuestion : IRequest<Outcome<AskedQuestion>>, IPublicRequest
{
    /// <summary>The interview.</summary>
    public string Key { get; init; } = "";

    /// <summary>The sealed token of the form.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>称呼; may be empty.</summary>
    public string Name { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>Is an answer wanted when there is no time for it in the interview?</summary>
    public bool WantsAnswer { get; init; }

    /// <summary>A field that people do not see.</summary>
    public string Website { get; init; } = "";

    /// <summary>A turn that was given to this form when too many questions came at once.</summary>
    public string Turn { get; init; } = "";

    /// <summary>The answer to the puzzle of the turn, from a script; nobody has to have one.</summary>
    public string TurnAnswer { get; init; } = "";

    /// <summary>Where it came from; never kept.</summary>
    public IPAddress? Sender { get; init; }
}

/// <summary>What became of the sending.</summary>
/// <param name="Receipt">The question was taken.</param>
/// <param name="Turn">It was not: the turn to send it with.</param>
/// <param name="At">From when on the turn is good (UTC).</param>
public sealed record AskedQuestion(QuestionReceipt? Receipt, string? Turn = null, DateTimeOffset? At = null);

/// <summary>What the asker is given: the code is shown this once.</summary>
public sealed record QuestionReceipt(string Number, string Code, string Key, string Topic, string Text, DateTimeOffset At);

internal sealed class AskQuestionValidator : AbstractValidator<AskQuestion>
{
    public AskQuestionValidator(IStringLocalizer<InterviewText> text)
    {
        RuleFor(form => form.Name).Must(name => PublicText.Fits(PublicText.Line(name), 20)).WithMessage(_ => text["Fault.Name"]);
        RuleFor(form => form.Phone)
            .Must(phone => PublicText.Line(phone).Normalised(NormalizationForm.FormKC) is var line && (line.Length == 0 || IdentityRules.IsPhone(line)))
            .WithMessage(_ => text["Fault.Phone"]);
        RuleFor(form => form.Text).Must(words => PublicText.Paragraphs(words).Length >= 5).WithMessage(_ => text["Fault.QuestionShort"]);
    }
}

internal sealed class AskQuestionHandler(
    InteractionDbContext db,
    InterviewReader reader,
    InterviewForms forms,
    LetterKeyring keyring,
    Throttle<InteractionDbContext> throttle,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<InterviewText> text,
    TimeProvider clock) : IRequestHandler<AskQuestion, Outcome<AskedQuestion>>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<Outcome<AskedQuestion>> Handle(AskQuestion request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site || await reader.FindAsync(request.Key, cancellationToken) is not { } interview)
        {
            return Failure.NotFound;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        var sent = new SentQuestion
        {
            Name = PublicText.Line(request.Name),
            Phone = PublicText.Line(request.Phone).Normalised(NormalizationForm.FormKC),
            Text = PublicText.Paragraphs(request.Text),
        };
        if (await TakenAsync(interview, issued, sent, cancellationToken) is { } taken)
        {
            return Asked(taken);
        }

        if (!InterviewFlow.TakesQuestions.Contains(interview.State))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Ask.Closed"])]);
        }

        var limits = settings.For<InterviewSettings>(site.Id);
        if (!PublicText.Fits(sent.Text, limits.QuestionLength))
        {
            return Failure.Invalid(nameof(request.Text), text["Fault.QuestionLong", limits.QuestionLength]);
        }

        var phone = sent.Phone.Length == 0 ? null : await keyring.HashAsync("asker", interview.Id + sent.Phone, cancellationToken);
        if (phone is not null && await db.InterviewQuestions.CountAsync(
            row => row.InterviewId == interview.Id && row.PhoneHash == phone, cancellationToken) >= limits.MostQuestions)
        {
            return Failure.Invalid(nameof(request.Phone), text["Fault.QuestionsMany", limits.MostQuestions]);
        }

        var odd = await OddAsync(request, issued, sent, interview, limits, cancellationToken);
        var now = clock.GetUtcNow();
        var network = NetworkBlock.Of(request.Sender);
        // Carriers put thousands of people behind one address: who comes when it is full gets a turn, and what was written stays.
        var admission = await throttle.TakeAsync("question-net", site.Id + network, limits.PerNetworkAndHour, Hour, cancellationToken);
        if (!admission.Granted)
        {
            var bits = settings.For<PuzzleSettings>(site.Id).BitsFor(admission.AgainAt!.Value - now, odd.Count > 0);
            if (forms.Queue(issued.Id, request.Turn, request.TurnAnswer, admission.AgainAt.Value, bits) is { } turn)
            {
                return new AskedQuestion(null, turn.Token, turn.At);
            }

            odd.Add("network");
        }

        return Asked(await AddAsync(request, issued, sent, interview, phone, odd, cancellationToken));
    }

    private static Outcome<AskedQuestion> Asked(Outcome<QuestionReceipt> taken) =>
        taken.Succeeded ? new AskedQuestion(taken.Value) : taken.Failure;

    // Whatever is odd about a question marks it for the person who reads it; nothing refuses it.
    private async Task<List<string>> OddAsync(
        AskQuestion request, IssuedForm issued, SentQuestion sent, Interview interview, InterviewSettings limits,
        CancellationToken cancellationToken)
    {
        List<string> odd = [];
        if (request.Website.Length > 0)
        {
            odd.Add("honeypot");
        }

        if (clock.GetUtcNow() - issued.IssuedAt < PublicForms.Quickest)
        {
            odd.Add("quick");
        }

        // Nobody is known here: how many come from one place is only a hint to the moderator.
        var asker = interview.Id + NetworkBlock.Of(request.Sender);
        if (!(await throttle.TakeAsync("question-asker", asker, limits.MostQuestions, TimeSpan.FromDays(1), cancellationToken)).Granted)
        {
            odd.Add("many");
        }

        var content = await ContentAsync(interview, sent, cancellationToken);
        if (await db.InterviewQuestions.AnyAsync(row => row.InterviewId == interview.Id && row.ContentHash == content, cancellationToken))
        {
            odd.Add("repeated");
        }

        return odd;
    }

    private async Task<Outcome<QuestionReceipt>> AddAsync(
        AskQuestion request, IssuedForm issued, SentQuestion sent, Interview interview, string? phone, List<string> odd,
        CancellationToken cancellationToken)
    {
        var code = SecretCode.Of(issued.Seed);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var (wrapped, key) = keyring.NewKey();
        var question = new InterviewQuestion
        {
            Id = id,
            InterviewId = interview.Id,
            Number = await QuestionNumber.NextAsync(db, BeijingTime.Date(now).Year, cancellationToken),
            FormId = issued.Id,
            CodeHash = await keyring.HashAsync("code", code, cancellationToken),
            ContentHash = await ContentAsync(interview, sent, cancellationToken),
            PhoneHash = phone,
            At = now,
            WantsAnswer = request.WantsAnswer,
            Suspicion = odd.Count == 0 ? null : string.Join(' ', odd),
            Sealed = CaseKeyring.SealAsJson(key, id, sent),
            SealedKey = wrapped,
        };
        db.InterviewQuestions.Add(question);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(InterviewQuestionConfiguration.OneForm))
        {
            // A second click arrived first: its question is this one.
            db.ChangeTracker.Clear();
            return (await TakenAsync(interview, issued, sent, cancellationToken))!;
        }

        return new QuestionReceipt(question.Number, code, interview.Key, interview.Topic, sent.Text, now);
    }

    // What became of a form that was taken already: its receipt, or words when another question came with it the second time.
    private async Task<Outcome<QuestionReceipt>?> TakenAsync(
        Interview interview, IssuedForm issued, SentQuestion sent, CancellationToken cancellationToken)
    {
        var taken = await db.InterviewQuestions.AsNoTracking()
            .SingleOrDefaultAsync(row => row.FormId == issued.Id && row.InterviewId == interview.Id, cancellationToken);
        if (taken is null)
        {
            return null;
        }

        return taken.ContentHash == await ContentAsync(interview, sent, cancellationToken)
            ? new QuestionReceipt(taken.Number, SecretCode.Of(issued.Seed), interview.Key, interview.Topic, sent.Text, taken.At)
            : UsedForm.Because(text["Fault.FormUsed", taken.Number]);
    }

    private Task<string> ContentAsync(Interview interview, SentQuestion sent, CancellationToken cancellationToken) =>
        keyring.HashAsync("question", interview.Id + "\n" + sent.Text, cancellationToken);
}
