using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.FollowLetter;

/// <summary>Where a letter is: by number and code, or by the ticket of a page that was opened with them.</summary>
public sealed record FollowLetter : IRequest<Outcome<FollowedLetter>>, IPublicRequest
{
    public string Number { get; init; } = "";

    public string Code { get; init; } = "";

    public string? Ticket { get; init; }

    public IPAddress? Sender { get; init; }
}

/// <summary>A letter as its writer sees it.</summary>
public sealed record FollowedLetter
{
    public required string Number { get; init; }

    public required string MailboxName { get; init; }

    public required LetterKind Kind { get; init; }

    /// <summary>What was written; null once the personal data is erased.</summary>
    public WrittenLetter? Written { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required LetterState State { get; init; }

    public string? Unit { get; init; }

    public DateOnly? DueOn { get; init; }

    public bool Provisional { get; init; }

    public bool Paused { get; init; }

    public bool Late { get; init; }

    public DateOnly? SupplementDue { get; init; }

    public required IReadOnlyList<FollowedLetterStep> Steps { get; init; }

    public required IReadOnlyList<ClockDay> Days { get; init; }

    /// <summary>What was written back and forth, in order.</summary>
    public required IReadOnlyList<FollowedPaper> Papers { get; init; }

    public int? Rating { get; init; }

    /// <summary>Does the writer allow it to be published?</summary>
    public bool MayPublish { get; init; }

    /// <summary>Was the writer ever asked that?</summary>
    public bool AskedToPublish { get; init; }

    /// <summary>Where it is public, on the site.</summary>
    public string? PublishedPath { get; init; }

    /// <summary>What the writer may do now.</summary>
    public required IReadOnlyList<LetterTrigger> May { get; init; }

    public required string Ticket { get; init; }

    /// <summary>Names of the files that came with it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The signed receipt; null when the platform cannot sign now.</summary>
    public string? Receipt { get; init; }
}

/// <summary>A step in plain words.</summary>
public sealed record FollowedLetterStep(LetterTrigger Trigger, DateOnly Day, string Text);

/// <summary>Something that was written to the writer or by them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Text">The words.</param>
/// <param name="Outcome">What became of it, for a reply.</param>
public sealed record FollowedPaper(LetterPaperKind Kind, DateTimeOffset At, string Text, ReplyOutcome? Outcome = null);

internal sealed class FollowLetterHandler(
    InteractionDbContext db,
    LetterKeyring keyring,
    LetterForms forms,
    CodeLookup lookup,
    LetterReader reader,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<MailText> text) : IRequestHandler<FollowLetter, Outcome<FollowedLetter>>
{
    public async Task<Outcome<FollowedLetter>> Handle(FollowLetter request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (request.Ticket is { Length: > 0 } ticket)
        {
            return forms.ReadTicket(ticket) is { } id && await reader.FollowedAsync(id, site.Id, cancellationToken) is { } again
                ? again
                : Failure.Invalid("", text["Follow.TicketOld"]);
        }

        var limits = settings.For<LetterSettings>(site.Id);
        var number = LetterNumber.Normalise(request.Number);
        var found = await lookup.FindAsync(
            new CodeTry("look", "code", number, request.Code, request.Sender, limits.LookUpsPerNetworkAndHour, limits.LookUpsPerNumberAndHour),
            keyring,
            token => db.Letters.AsNoTracking().Where(row => row.SiteId == site.Id && row.Number == number)
                .Select(row => new { row.Id, row.CodeHash }).SingleOrDefaultAsync(token),
            letter => letter.CodeHash, key => text[key], cancellationToken);
        return !found.Succeeded ? found.Failure
            : await reader.FollowedAsync(found.Value.Id, site.Id, cancellationToken) is { } view ? view
            : Failure.Invalid("", text["Follow.Wrong"]);
    }
}
