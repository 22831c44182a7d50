using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// The only writer of public copies. A copy needs the writer's wish, the office's choice, a reply that the head approved,
/// masks that a person confirmed, and somebody else who releases exactly what was proposed (B2: publication is a separate
/// decision). What is added commits with the caller's save.
/// </summary>
internal sealed class CopyDesk(
    InteractionDbContext db, LetterWriter writer, LetterKeyring keyring, ISites sites, IPageCache pages, IStringLocalizer<CopyText> text,
    TimeProvider clock)
{
    public const int LongestReason = 300;

    /// <summary>The letter with its replies as they were written; null once it is erased or while there is no reply.</summary>
    public async Task<(RawCopy Raw, WrittenLetter Writer)?> RawAsync(LetterCase found, CancellationToken cancellationToken)
    {
        if (keyring.KeyOf(found.Letter) is not { } key || found.Last(LetterTrigger.ApproveReply) is not { } last)
        {
            return null;
        }

        var papers = await db.LetterPapers.AsNoTracking()
            .Where(row => row.LetterId == found.Letter.Id
                && (row.Kind == LetterPaperKind.Letter || row.Kind == LetterPaperKind.Reply || row.Kind == LetterPaperKind.Supplement))
            .ToListAsync(cancellationToken);
        var written = LetterPapers.Read<WrittenLetter>(key, papers.Single(paper => paper.Kind == LetterPaperKind.Letter));
        List<RawPart> parts =
        [
            new(CopyPartKind.Title, found.Events[0].Day, written.Title), new(CopyPartKind.Letter, found.Events[0].Day, written.Text),
        ];
        foreach (var step in found.Events.Where(step => step.Sequence <= last.Sequence))
        {
            if (step.Trigger == LetterTrigger.ApproveReply)
            {
                var reply = LetterPapers.Read<ReplyDraft>(key, papers.Single(paper => paper.Id == PaperOf(step)));
                parts.Add(new(CopyPartKind.Reply, step.Day, reply.Text, reply.Outcome));
            }
            else if (step.Trigger == LetterTrigger.FollowUp)
            {
                parts.Add(new(CopyPartKind.Question, step.Day, LetterPapers.Read<string>(key, papers.Single(paper => paper.Id == PaperOf(step)))));
            }
        }

        return (new RawCopy(found.Letter.Id, PaperOf(last), written, parts, PhonesOfSites()), written);
    }

    // What every page of a site names in its footer is known to everybody.
    private HashSet<string> PhonesOfSites() =>
        [.. sites.All.Select(site => string.Concat((site.Phone ?? "").Where(char.IsAsciiDigit))).Where(digits => digits.Length > 0)];

    /// <summary>The words as they would be public.</summary>
    public IReadOnlyList<MaskedText> Masked(ConfirmedMasks masks) =>
        [.. masks.Raw.Parts.Select((_, part) => MaskedText.Of(masks, part, kind => text["Sign." + kind]))];

    /// <summary>What stands in the way of a copy now: the key of a message, or null.</summary>
    public static string? Hindrance(LetterCase found, bool proposed, Guid? publishedReply) =>
        !found.Letter.MayPublish ? "Copy.Not.Wish"
        : found.Letter.SealedKey is null ? "Copy.Not.Erased"
        : !LetterFlow.Answered.Contains(found.Letter.State) || found.Letter.AwaitsHead ? "Copy.Not.Reply"
        : proposed ? "Copy.Not.Proposed"
        : publishedReply is { } reply && found.Last(LetterTrigger.ApproveReply) is { } last && PaperOf(last) == reply ? "Copy.Not.Public"
        : null;

    /// <summary>Adds a copy of confirmed masks; somebody else has to release it.</summary>
    public async Task<Outcome<LetterCopy>> ProposeAsync(
        LetterCase found, ConfirmedMasks masks, CancellationToken cancellationToken)
    {
        var letter = found.Letter;
        var copies = await db.LetterCopies.AsNoTracking().Where(row => row.LetterId == letter.Id)
            .Select(row => new { row.Version, row.State, row.ReplyPaperId }).ToListAsync(cancellationToken);
        if (masks.Raw.LetterId != letter.Id
            || Hindrance(
                found, copies.Exists(copy => copy.State == CopyState.Proposed),
                copies.Find(copy => copy.State == CopyState.Published)?.ReplyPaperId) is not null)
        {
            return Conflict("Copy.Stale");
        }

        var now = clock.GetUtcNow();
        var words = Masked(masks);
        var parts = masks.Raw.Parts;
        var draft = new LetterCopy
        {
            Id = Guid.CreateVersion7(now),
            LetterId = letter.Id,
            SiteId = letter.SiteId,
            Version = copies.Select(copy => copy.Version).DefaultIfEmpty().Max() + 1,
            Number = letter.Number,
            MailboxId = letter.MailboxId,
            Kind = letter.Kind,
            UnitSiteId = letter.LeadSiteId ?? letter.SiteId,
            UnitName = letter.LeadName ?? sites.ById(letter.SiteId)!.OrganisationName,
            ReceivedOn = found.Events[0].Day,
            AcceptedOn = letter.AcceptedOn,
            RepliedOn = parts.Last(part => part.Kind == CopyPartKind.Reply).Day,
            Workdays = letter.Workdays ?? 0,
            Outcome = parts.Last(part => part.Kind == CopyPartKind.Reply).Outcome!.Value,
            Title = words[0],
            ContentHash = HashOf(letter, parts, words),
            ReplyPaperId = masks.Raw.ReplyPaperId,
            Masks = [.. masks.Kept],
            ProposedBy = masks.By.Id,
            ProposedByName = masks.By.Name,
            ProposedAt = now,
        };
        draft.Grams = CopyTags.Of(draft, words);
        db.LetterCopies.Add(draft);
        db.LetterCopyParts.AddRange(parts.Select((part, position) => new LetterCopyPart
        {
            CopyId = draft.Id,
            Position = position,
            Kind = part.Kind,
            Day = part.Day,
            Text = words[position],
            Outcome = part.Outcome,
        }));
        writer.NoteCopy(
            found, LetterTrigger.ProposeCopy, masks.By, null, draft.ContentHash, Version(draft),
            ("masks", masks.Kept.Count(mask => mask.Fate != MaskFate.Left).ToString(CultureInfo.InvariantCulture)));
        return draft;
    }

    /// <summary>Releases exactly what was proposed, or returns it.</summary>
    public async Task<Outcome<LetterCopy>> DecideAsync(
        LetterCase found, Guid copyId, string contentHash, bool release, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var copy = await db.LetterCopies.SingleOrDefaultAsync(row => row.Id == copyId && row.LetterId == found.Letter.Id, cancellationToken);
        if (copy is null)
        {
            return Failure.NotFound;
        }

        if (copy.State != CopyState.Proposed || copy.ContentHash != contentHash)
        {
            return Conflict("Copy.Stale");
        }

        // Two people: who confirmed the masks is not who lets them out.
        if (copy.ProposedBy == actor.Id)
        {
            return Conflict("Copy.Own");
        }

        if (release && !found.Letter.MayPublish)
        {
            return Conflict("Copy.Not.Wish");
        }

        reason = Masking.InText(PublicText.Paragraphs(reason));
        if ((!release && reason.Length == 0) || !PublicText.Fits(reason, LongestReason))
        {
            return Failure.Invalid("Reason", text["Copy.Fault.Reason", LongestReason]);
        }

        if (release && await db.LetterCopies.SingleOrDefaultAsync(
                row => row.LetterId == copy.LetterId && row.State == CopyState.Published, cancellationToken) is { } before)
        {
            Close(before, CopyState.Replaced, actor, null);
            // The index of what is public holds one row a letter: the old one leaves it first.
            await db.SaveChangesAsync(cancellationToken);
        }

        Close(copy, release ? CopyState.Published : CopyState.Returned, actor, reason.Length > 0 ? reason : null);
        writer.NoteCopy(
            found, release ? LetterTrigger.ReleaseCopy : LetterTrigger.ReturnCopy, actor, reason, copy.ContentHash, Version(copy));
        return copy;
    }

    /// <summary>Takes down what is public; its address says why.</summary>
    public async Task<Outcome<LetterCopy>> WithdrawAsync(LetterCase found, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var copy = await db.LetterCopies.SingleOrDefaultAsync(
            row => row.LetterId == found.Letter.Id && row.State == CopyState.Published, cancellationToken);
        if (copy is null)
        {
            return Conflict("Copy.Stale");
        }

        reason = Masking.InText(PublicText.Paragraphs(reason));
        if (reason.Length == 0 || !PublicText.Fits(reason, LongestReason))
        {
            return Failure.Invalid("Reason", text["Copy.Fault.Reason", LongestReason]);
        }

        Close(copy, CopyState.Withdrawn, actor, reason);
        writer.NoteCopy(found, LetterTrigger.WithdrawCopy, actor, reason, copy.ContentHash, Version(copy));
        return copy;
    }

    /// <summary>The writer allows it no more: what is public goes, what waits does not go out.</summary>
    public async Task ForbidAsync(LetterCase found, CancellationToken cancellationToken)
    {
        var copies = await db.LetterCopies
            .Where(row => row.LetterId == found.Letter.Id && (row.State == CopyState.Published || row.State == CopyState.Proposed))
            .ToListAsync(cancellationToken);
        foreach (var copy in copies)
        {
            Close(copy, copy.State == CopyState.Published ? CopyState.Withdrawn : CopyState.Returned, null, text["Copy.Forbidden"]);
        }
    }

    /// <summary>Pages that show public letters or their figures.</summary>
    public Task EvictAsync(Guid siteId, CancellationToken cancellationToken) => pages.EvictAsync([CacheTags.Letters(siteId)], cancellationToken);

    /// <summary>Did somebody else write a copy at the same moment?</summary>
    public static bool IsOne(DbUpdateException exception) =>
        LetterConflicts.IsOne(exception)
        || exception.Breaks(LetterCopyConfiguration.OneVersion)
        || exception.Breaks(LetterCopyConfiguration.OneProposed)
        || exception.Breaks(LetterCopyConfiguration.OnePublished);

    public Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);

    private void Close(LetterCopy copy, CopyState state, Actor? actor, string? reason)
    {
        copy.State = state;
        copy.DecidedByName = actor?.Name ?? text["Copy.Writer"];
        copy.DecidedAt = clock.GetUtcNow();
        copy.Reason = reason;
        copy.RowVersion++;
    }

    private static (string, string) Version(LetterCopy copy) => ("version", copy.Version.ToString(CultureInfo.InvariantCulture));

    private static Guid PaperOf(LetterEvent step) => Guid.Parse(step.Facts["paper"], CultureInfo.InvariantCulture);

    private static string HashOf(Letter letter, IReadOnlyList<RawPart> parts, IReadOnlyList<MaskedText> words) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                letter.Number,
                letter.SiteId,
                letter.MailboxId,
                letter.Kind,
                Unit = letter.LeadName,
                letter.AcceptedOn,
                letter.Workdays,
                Parts = parts.Select((part, index) => new { part.Kind, part.Day, part.Outcome, Text = words[index].ToString() }),
            },
            MessageJson.Options)));
}
