using System.Net;
using System.Security.Cryptography;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

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
    Throttle<InteractionDbContext> throttle,
    LetterReader reader,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<MailText> text) : IRequestHandler<FollowLetter, Outcome<FollowedLetter>>
{
    /// <summary>The field of an error that asks to wait.</summary>
    public const string Slow = "Slow";

    private static readonly string Nobody = new('0', 64);

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
        var hour = TimeSpan.FromHours(1);
        var network = NetworkBlock.Of(request.Sender);
        if (!(await throttle.TakeAsync("look", network, limits.LookUpsPerNetworkAndHour, hour, cancellationToken)).Granted)
        {
            return Failure.Invalid(Slow, text["Follow.Slow"]);
        }

        // The same work and the same answer, whether the number, the code or both are wrong.
        var hash = await keyring.HashAsync("code", SecretCode.Normalise(request.Code), cancellationToken);
        var found = await db.Letters.AsNoTracking().Where(row => row.SiteId == site.Id && row.Number == number)
            .Select(row => new { row.Id, row.CodeHash }).SingleOrDefaultAsync(cancellationToken);
        var same = CryptographicOperations.FixedTimeEquals(
            Convert.FromHexString(hash), Convert.FromHexString(found?.CodeHash ?? Nobody));
        if (same && found is not null && await reader.FollowedAsync(found.Id, site.Id, cancellationToken) is { } view)
        {
            return view;
        }

        // Only what is wrong counts against a number, and only for where it came from: nobody can lock a writer out.
        return (await throttle.TakeAsync("look-wrong", number + network, limits.LookUpsPerNumberAndHour, hour, cancellationToken)).Granted
            ? Failure.Invalid("", text["Follow.Wrong"])
            : Failure.Invalid(Slow, text["Follow.Slow"]);
    }
}
