using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Templates;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.ReadLetter;

/// <summary>A letter with its steps, its due date and what may be done next. Personal data is masked.</summary>
public sealed record ReadLetter(Guid Id) : IRequest<Outcome<LetterView>>, IRequirePermission
{
    // Three permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class ReadLetterHandler(
    InteractionDbContext db,
    LetterScope scope,
    LetterKeyring keyring,
    TemplateDesk templates,
    ISettings settings,
    ISites sites,
    IStringLocalizer<LetterText> text,
    TimeProvider clock) : IRequestHandler<ReadLetter, Outcome<LetterView>>
{
    private const int MostLike = 20;
    private const int MostTemplates = 300;

    // Remarks that speak to the units; what else the office and the answering unit note is theirs.
    private static readonly LetterTrigger[] ToUnits = [LetterTrigger.Dispatch, LetterTrigger.Transfer];

    public async Task<Outcome<LetterView>> Handle(ReadLetter request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, site, parties) = reached.Value;
        var letter = found.Letter;
        var now = clock.GetUtcNow();
        var today = BeijingTime.Date(now);
        var papers = await db.LetterPapers.AsNoTracking().Where(paper => paper.LetterId == letter.Id)
            .OrderBy(paper => paper.Id).ToListAsync(cancellationToken);
        var mailbox = await db.Mailboxes.AsNoTracking().Where(row => row.Id == letter.MailboxId)
            .Select(row => row.Name).SingleAsync(cancellationToken);
        var key = keyring.KeyOf(letter);
        var written = key is null ? null : LetterPapers.Read<WrittenLetter>(key, papers.Single(paper => paper.Kind == LetterPaperKind.Letter));
        var knows = LetterFlow.Find(letter.State, LetterTrigger.Reveal)!.Allows(parties);
        var mask = new WriterMask(written, knows);
        var reply = found.Reply;
        var near = settings.For<LetterSettings>(site.Id);
        int? left = reply is { DoneAt: null, DueOn: { } due } && due >= today ? found.Calendar.CountWorkdays(today, due) : null;
        var acts = LetterFlow.Steps
            .Where(step => step.From.Contains(letter.State) && step.Allows(parties) && !LetterFlow.Apart.Contains(step.Trigger))
            .Select(step => new LetterAct(
                step.Trigger, LetterRules.Hindrance(found, step.Trigger, now, actor.Id) is { } hindrance ? text[hindrance].Value : null))
            .ToList();
        return new LetterView
        {
            Id = letter.Id,
            Version = letter.Version,
            Number = letter.Number,
            SiteName = site.Name,
            Mailbox = mailbox,
            Subject = letter.Subject,
            Kind = letter.Kind,
            Channel = letter.Channel,
            State = letter.State,
            SubmittedAt = letter.SubmittedAt,
            ReceivedOn = found.Events[0].Day,
            MayPublish = letter.MayPublish,
            AskedToPublish = LetterReader.WasAsked(letter, found.Events),
            Suspicions = letter.Suspicion?.Split(' ') ?? [],
            Text = written is null ? null : mask.Of(written),
            KnowsWriter = knows,
            MayReveal = knows && written is not null,
            Files = key is null || !knows ? [] : [.. papers.Where(paper => paper.Kind == LetterPaperKind.Attachment).Select(paper => FileOf(key, paper, mask))],
            Reply = reply,
            Late = reply.IsLate(now),
            Near = left <= near.NearDays,
            DaysLeft = left,
            Days = reply.DoneAt is not null ? [] : DeadlineClock.Explain(reply, found.Calendar, today),
            Rule = found.Limit.Source,
            AcceptDue = found.AcceptDue,
            SupplementDue = found.SupplementDue,
            HandlerName = letter.HandlerName,
            Parts = [.. found.Assignments.Select(part => new LetterPart(part.UnitName, part.Leads, part.InnerDueOn))],
            Papers = key is null ? [] : [.. papers.Select(paper => TextOf(key, paper, mask)).OfType<LetterPaperText>()],
            Steps =
            [
                .. found.Events.Select(step => new LetterLine(
                    step.Trigger, step.State, step.At, step.Day, step.ActorName, step.ActorUnit,
                    knows || ToUnits.Contains(step.Trigger) ? step.Note : null, step.Facts)),
            ],
            Acts = acts,
            Draft = key is null || !knows ? null : DraftOf(found, papers, key),
            Extension = key is not null && found.PendingExtension is { } asked && PaperOf(asked, papers) is { } reason
                ? mask.Of(LetterPapers.Read<string>(key, reason))
                : null,
            Rating = letter.Rating,
            SupplementDays = near.SupplementDays,
            Templates = acts.Exists(act => act is { Trigger: LetterTrigger.Draft, Hindrance: null }) ? await TemplatesAsync(letter, cancellationToken) : [],
            Units = acts.Exists(act => act.Trigger is LetterTrigger.Dispatch or LetterTrigger.Transfer)
                ? LetterUnits.Of([letter.SiteId], sites)
                : [],
            Like = parties.HasFlag(LetterParty.Office) ? await LikeAsync(letter, cancellationToken) : [],
        };
    }

    private async Task<IReadOnlyList<Choice>> TemplatesAsync(Letter letter, CancellationToken cancellationToken) =>
        await templates.For(letter).OrderBy(row => row.Name).ThenBy(row => row.Id).Take(MostTemplates)
            .Select(row => new Choice(row.Id.ToString(), row.Name)).ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<LikeLetter>> LikeAsync(Letter letter, CancellationToken cancellationToken) =>
        await db.Letters.AsNoTracking()
            .Where(row => row.Id != letter.Id
                && (row.MergedInto == letter.Id || (row.SiteId == letter.SiteId && row.ContentHash == letter.ContentHash)))
            .OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(MostLike)
            .Select(row => new LikeLetter(row.Id, row.Number, row.State, row.MergedInto == letter.Id))
            .ToListAsync(cancellationToken);

    private static LetterFileLine FileOf(byte[] key, LetterPaper paper, WriterMask mask)
    {
        var file = LetterPapers.Read<LetterFile>(key, paper);
        return new LetterFileLine(paper.Id, mask.Of(file.Name), file.Size);
    }

    // Drafts stand in the form of the next step, the letter itself and its files have places of their own.
    private static LetterPaperText? TextOf(byte[] key, LetterPaper paper, WriterMask mask) => paper.Kind switch
    {
        LetterPaperKind.Letter or LetterPaperKind.Attachment or LetterPaperKind.Draft => null,
        LetterPaperKind.Reply => LetterPapers.Read<ReplyDraft>(key, paper) is var reply
            ? new LetterPaperText(paper.Kind, paper.At, mask.Of(reply.Text), reply.Outcome)
            : null,
        _ => new LetterPaperText(paper.Kind, paper.At, mask.Of(LetterPapers.Read<string>(key, paper)), null),
    };

    private static LetterInput? DraftOf(LetterCase found, List<LetterPaper> papers, byte[] key)
    {
        if (found.Letter.State is not (LetterState.Drafted or LetterState.Reviewing)
            || found.Last(LetterTrigger.Draft) is not { } step || PaperOf(step, papers) is not { } paper)
        {
            return null;
        }

        var draft = LetterPapers.Read<ReplyDraft>(key, paper);
        return new LetterInput { Outcome = draft.Outcome, Text = draft.Text };
    }

    private static LetterPaper? PaperOf(LetterEvent step, List<LetterPaper> papers) =>
        papers.Find(paper => paper.Id.ToString() == step.Facts.GetValueOrDefault("paper"));
}
