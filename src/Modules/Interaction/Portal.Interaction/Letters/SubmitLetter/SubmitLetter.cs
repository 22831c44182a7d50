using System.Net;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.SubmitLetter;

/// <summary>A letter, sent through the site. No account is needed.</summary>
public sealed record SubmitLetter : LetterFields, IRequest<Outcome<SentLetter>>, IPublicRequest
{
    /// <summary>A field that people do not see.</summary>
    public string Website { get; init; } = "";

    /// <summary>A turn that was given to this form when too many letters came at once.</summary>
    public string Turn { get; init; } = "";

    /// <summary>The answer to the puzzle of the turn, from a script; nobody has to have one.</summary>
    public string TurnAnswer { get; init; } = "";

    /// <summary>Where it came from; never kept.</summary>
    public IPAddress? Sender { get; init; }
}

/// <summary>What became of the sending: the letter is taken, or has its turn later.</summary>
/// <param name="Receipt">The letter was taken.</param>
/// <param name="Turn">It was not: the turn to send it with.</param>
/// <param name="At">From when on the turn is good (UTC).</param>
public sealed record SentLetter(LetterReceipt? Receipt, string? Turn = null, DateTimeOffset? At = null);

internal sealed class SubmitLetterValidator : AbstractValidator<SubmitLetter>
{
    public SubmitLetterValidator(IStringLocalizer<LetterText> text) => LetterFieldRules.Apply(this, text);
}

internal sealed class SubmitLetterHandler(
    InteractionDbContext db,
    LetterIntake intake,
    LetterForms forms,
    Throttle<InteractionDbContext> throttle,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<MailText> text,
    IStringLocalizer<LetterText> names,
    TimeProvider clock) : IRequestHandler<SubmitLetter, Outcome<SentLetter>>
{
    // Compiled: it stands before every letter.
    private static readonly Func<InteractionDbContext, Guid, string, Guid, CancellationToken, Task<KnownMailbox?>> Find = EF.CompileAsyncQuery(
        (InteractionDbContext db, Guid siteId, string key, Guid form, CancellationToken cancellationToken) =>
            db.Mailboxes.AsNoTracking().Where(row => row.SiteId == siteId && row.Key == key && row.IsOpen)
                .Select(row => new KnownMailbox(row, db.Letters.Any(letter => letter.FormId == form))).SingleOrDefault());

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<Outcome<SentLetter>> Handle(SubmitLetter request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        var known = await Find(db, site.Id, request.Mailbox, issued.Id, cancellationToken);
        // Sent twice: whatever became of the mailbox since, it is the same letter.
        if (known is not { Sent: false } && await intake.TakenAsync(request, issued, cancellationToken) is { } taken)
        {
            return taken.Succeeded ? new SentLetter(taken.Value) : taken.Failure;
        }

        if (known is not { Mailbox: var mailbox })
        {
            return Failure.Invalid(nameof(request.Mailbox), names["Fault.Mailbox"]);
        }

        // Whatever is odd about a letter marks it for the person who reads it first; nothing refuses it.
        List<string> odd = [];
        if (request.Website.Length > 0)
        {
            odd.Add("honeypot");
        }

        var now = clock.GetUtcNow();
        if (now - issued.IssuedAt < PublicForms.Quickest)
        {
            odd.Add("quick");
        }

        var limits = settings.For<LetterSettings>(site.Id);
        // Carriers put thousands of people behind one address: who comes when it is full gets a turn, and what was written stays.
        var admission = await throttle.TakeAsync(
            "letter-net", site.Id + NetworkBlock.Of(request.Sender), limits.PerNetworkAndHour, Hour, cancellationToken);
        if (!admission.Granted)
        {
            var bits = settings.For<PuzzleSettings>(site.Id).BitsFor(admission.AgainAt!.Value - now, odd.Count > 0);
            if (forms.Queue(issued.Id, request.Turn, request.TurnAnswer, admission.AgainAt.Value, bits) is { } turn)
            {
                return new SentLetter(null, turn.Token, turn.At);
            }

            odd.Add("network");
        }

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        // Counted only now: what was sent back to its writer has not come yet.
        var content = string.Join('\n', site.Id, PublicText.Line(request.Title), PublicText.Paragraphs(request.Text));
        if (!(await throttle.TakeAsync("letter-content", content, limits.SameContentPerDay, TimeSpan.FromDays(1), cancellationToken)).Granted)
        {
            odd.Add("repeated");
        }

        if (!(await throttle.TakeAsync("letter-mailbox", mailbox.Id.ToString(), limits.PerMailboxAndHour, Hour, cancellationToken)).Granted)
        {
            odd.Add("crowded");
        }

        return new SentLetter(await intake.TakeAsync(
            request, issued, attached.Value, mailbox, LetterChannel.Online, BeijingTime.Date(now),
            odd.Count == 0 ? null : string.Join(' ', odd), null, cancellationToken));
    }

    /// <summary>The mailbox that is written to, and whether the form was taken already.</summary>
    private sealed record KnownMailbox(Mailbox Mailbox, bool Sent);
}
