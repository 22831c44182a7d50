using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>
/// What was left open when an interview ended (G-38): whoever wants an answer gets a letter of their own, whose time counts
/// from the day of the interview and which their code goes on opening; the rest is marked as answered later.
/// </summary>
internal sealed class InterviewHandover(
    InteractionDbContext db, LetterIntake intake, LetterKeyring keyring, IStringLocalizer<InterviewText> text)
{
    /// <summary>Hands everything over within the caller's transaction; null when it went well.</summary>
    public async Task<Failure?> RunAsync(Interview interview, Guid mailboxId, Actor? actor, CancellationToken cancellationToken)
    {
        var mailbox = await db.Mailboxes.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == mailboxId && row.SiteId == interview.SiteId && row.IsOpen, cancellationToken);
        if (mailbox is null)
        {
            return Failure.Invalid(nameof(InterviewInput.MailboxId), text["Fault.Mailbox"]);
        }

        var day = BeijingTime.Date(interview.EndedAt!.Value);
        var open = await db.InterviewQuestions
            .Where(row => row.InterviewId == interview.Id && QuestionFlow.Open.Contains(row.State))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        Guid[] ids = [.. open.Select(row => row.Id)];
        // Whoever asked the same gets an answer of their own as well.
        var merged = await db.InterviewQuestions
            .Where(row => row.InterviewId == interview.Id && row.MergedInto != null && ids.Contains(row.MergedInto.Value))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var question in open.Concat(merged))
        {
            question.State = question.State == QuestionState.Merged ? QuestionState.Merged : QuestionState.AnsweredLater;
            question.Version++;
            if (question.WantsAnswer && question.LetterNumber is null && keyring.Unwrap(question.SealedKey) is { } key)
            {
                var sent = CaseKeyring.OpenJson<SentQuestion>(key, question.Id, question.Sealed);
                question.LetterNumber = (await LetterAsync(interview, question, sent, mailbox, day, actor, cancellationToken)).Number;
            }
        }

        return null;
    }

    private Task<Letter> LetterAsync(
        Interview interview, InterviewQuestion question, SentQuestion sent, Mailbox mailbox, DateOnly day, Actor? actor,
        CancellationToken cancellationToken) =>
        intake.TakeOverAsync(
            new LetterFields
            {
                Kind = LetterKind.Inquiry,
                Name = sent.Name.Length > 0 ? sent.Name : text["Anonymous"],
                Phone = sent.Phone,
                Title = text["Letter.Title", interview.Topic].Value.CutTo(50),
                Text = sent.Text,
            },
            question.FormId, question.CodeHash, mailbox, question.Number, day, actor, cancellationToken);
}
