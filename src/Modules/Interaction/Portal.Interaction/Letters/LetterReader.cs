using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.FollowLetter;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>Reads a letter for its writer.</summary>
internal sealed class LetterReader(
    InteractionDbContext db, LetterCalendars calendars, LetterKeyring keyring, LetterPapers papers, LetterForms forms,
    LetterReceipts receipts,
    IStringLocalizer<MailText> text, TimeProvider clock)
{
    private static readonly LetterPaperKind[] Exchanged =
    [
        LetterPaperKind.SupplementNotice, LetterPaperKind.Supplement, LetterPaperKind.ExtensionNotice, LetterPaperKind.Refusal,
        LetterPaperKind.Reply,
    ];

    // How a unit finds, drafts and approves its answer is its own affair.
    private static readonly LetterTrigger[] Inner =
    [
        LetterTrigger.GiveOpinion, LetterTrigger.AskExtension, LetterTrigger.RefuseExtension, LetterTrigger.Draft,
        LetterTrigger.SubmitReply, LetterTrigger.ReturnReply, LetterTrigger.Return, LetterTrigger.Reveal,
        LetterTrigger.ProposeCopy, LetterTrigger.ReturnCopy,
    ];

    private static readonly LetterTrigger[] Writers =
    [
        LetterTrigger.Supplement, LetterTrigger.Rate, LetterTrigger.FollowUp, LetterTrigger.Withdraw, LetterTrigger.AllowPublishing,
        LetterTrigger.ForbidPublishing,
    ];

    public async Task<FollowedLetter?> FollowedAsync(Guid id, Guid siteId, CancellationToken cancellationToken)
    {
        var row = await db.Letters.AsNoTracking().Where(letter => letter.Id == id && letter.SiteId == siteId)
            .Join(db.Mailboxes, letter => letter.MailboxId, mailbox => mailbox.Id, (letter, mailbox) => new { Letter = letter, mailbox.Name })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var letter = row.Letter;
        var events = await db.LetterEvents.AsNoTracking().Where(step => step.LetterId == id)
            .OrderBy(step => step.Sequence).ToListAsync(cancellationToken);
        var found = new LetterCase(letter, events, [], calendars.Of(siteId));
        List<FollowedPaper> written = [];
        if (keyring.KeyOf(letter) is { } key)
        {
            var kept = await db.LetterPapers.AsNoTracking()
                .Where(paper => paper.LetterId == id && Exchanged.Contains(paper.Kind))
                .OrderBy(paper => paper.Id).ToListAsync(cancellationToken);
            // Why there is more time is the writer's to read from the day on which there is.
            var grants = found.Extensions.ToDictionary(pair => pair.Asked.Facts.GetValueOrDefault("paper", ""), pair => pair.Granted.At);
            written =
            [
                .. kept.Where(paper => paper.Kind != LetterPaperKind.ExtensionNotice || grants.ContainsKey(paper.Id.ToString()))
                    .Select(paper => Opened(key, paper) with { At = grants.GetValueOrDefault(paper.Id.ToString(), paper.At) })
                    .OrderBy(paper => paper.At),
            ];
        }

        var now = clock.GetUtcNow();
        var reply = found.Reply;
        return new FollowedLetter
        {
            Number = letter.Number,
            MailboxName = row.Name,
            Kind = letter.Kind,
            Written = await papers.TextAsync(letter, cancellationToken),
            SubmittedAt = letter.SubmittedAt,
            State = StateFor(letter.State),
            Unit = letter.LeadName,
            DueOn = reply.DoneAt is null ? reply.DueOn : null,
            Provisional = reply.IsProvisional,
            Paused = reply.IsPaused,
            Late = reply.IsLate(now),
            SupplementDue = found.SupplementDue,
            Steps = [.. events.Where(step => !Inner.Contains(step.Trigger)).Select(step => new FollowedLetterStep(step.Trigger, step.Day, Words(step)))],
            Days = reply.DoneAt is null ? DeadlineClock.Explain(reply, found.Calendar, BeijingTime.Date(now)) : [],
            Papers = written,
            Rating = letter.Rating,
            MayPublish = letter.MayPublish,
            AskedToPublish = WasAsked(letter, events),
            PublishedPath = letter.MayPublish && await db.LetterCopies.AsNoTracking()
                .AnyAsync(copy => copy.LetterId == id && copy.State == Copies.CopyState.Published, cancellationToken)
                ? "letters/published/" + letter.Number : null,
            May =
            [
                .. Writers.Where(trigger => LetterFlow.Find(letter.State, trigger)?.Allows(LetterParty.Writer) == true
                    && LetterRules.Hindrance(found, trigger, now, null) is null),
            ],
            Ticket = forms.NewTicket(id),
            Files = await papers.FileNamesAsync(letter, cancellationToken),
            Receipt = await receipts.SignAsync(letter, cancellationToken),
        };
    }

    private static FollowedPaper Opened(byte[] key, LetterPaper paper)
    {
        if (paper.Kind == LetterPaperKind.Reply)
        {
            var reply = LetterPapers.Read<ReplyDraft>(key, paper);
            return new FollowedPaper(paper.Kind, paper.At, reply.Text, reply.Outcome);
        }

        return new FollowedPaper(paper.Kind, paper.At, LetterPapers.Read<string>(key, paper));
    }

    /// <summary>
    /// Whoever asked in an interview was not asked whether a letter of it may be public: until they say something, nobody may say for
    /// them that they refused.
    /// </summary>
    public static bool WasAsked(Letter letter, IEnumerable<LetterEvent> events) =>
        letter.Channel != LetterChannel.Interview || letter.MayPublish
        || events.Any(step => step.Trigger is LetterTrigger.AllowPublishing or LetterTrigger.ForbidPublishing);

    private static LetterState StateFor(LetterState state) => state switch
    {
        LetterState.Drafted or LetterState.Reviewing => LetterState.Handling,
        LetterState.Returned => LetterState.Accepted,
        _ => state,
    };

    private string Words(LetterEvent step) => step.Trigger switch
    {
        LetterTrigger.Submit or LetterTrigger.Register when step.Facts.GetValueOrDefault("question") is { } question => text["Step.FromQuestion", question],
        LetterTrigger.Dispatch or LetterTrigger.Transfer => text["Step." + step.Trigger, step.Facts.GetValueOrDefault("unit", "")],
        LetterTrigger.Merge => text["Step.Merge", step.Facts.GetValueOrDefault("into", "")],
        LetterTrigger.Recount => text["Step.Recount", Written(step, "from"), Written(step, "to")],
        _ => text["Step." + step.Trigger],
    };

    private string Written(LetterEvent step, string fact) =>
        DateOnly.TryParseExact(
            step.Facts.GetValueOrDefault(fact), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? text["Day", day.Year, day.Month, day.Day] : "";
}
