using System.Net;
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

namespace Portal.Disclosure.Requests.FollowRequest;

/// <summary>Where a request is: by number and code, or by the ticket of a page that was opened with them.</summary>
public sealed record FollowRequest : IRequest<Outcome<FollowedRequest>>, IPublicRequest
{
    public string Number { get; init; } = "";

    public string Code { get; init; } = "";

    public string? Ticket { get; init; }

    public IPAddress? Sender { get; init; }
}

/// <summary>A request as its applicant sees it.</summary>
public sealed record FollowedRequest(
    string Number,
    string Title,
    FollowedContent? Asked,
    string OrganisationName,
    DateTimeOffset SubmittedAt,
    RequestState State,
    DateOnly? ReceivedOn,
    DateOnly? DueOn,
    bool Provisional,
    bool Paused,
    bool Late,
    DateOnly? CorrectionDue,
    DateOnly? ReasonsDue,
    DateOnly? FeeDue,
    IReadOnlyList<FollowedStep> Steps,
    IReadOnlyList<ClockDay> Days,
    IReadOnlyList<Letter> Letters,
    IReadOnlyList<AnswerFile> Files,
    ReplyRow? Outcome,
    bool MayCorrect,
    bool MayGiveReasons,
    bool MayWithdraw,
    bool Erased,
    string Ticket);

/// <summary>What the applicant has sent; only they read it whole.</summary>
public sealed record FollowedContent(
    string Reference, string Description, WantedForm Form, DeliveryWay Delivery, string Help, IReadOnlyList<string> Files,
    IReadOnlyList<string> Corrections, IReadOnlyList<string> Reasons);

/// <summary>A step in plain words.</summary>
public sealed record FollowedStep(RequestTrigger Trigger, DateOnly Day, string Text);

internal sealed class FollowRequestHandler(
    DisclosureDbContext db,
    RequestKeyring keyring,
    RequestForms forms,
    Throttle<DisclosureDbContext> throttle,
    RequestReader reader,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<RequestText> text) : IRequestHandler<FollowRequest, Outcome<FollowedRequest>>
{
    public const string Slow = "Slow";
    private static readonly string Nobody = new('0', 64);

    public async Task<Outcome<FollowedRequest>> Handle(FollowRequest request, CancellationToken cancellationToken)
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

        var limits = settings.For<RequestSettings>(site.Id);
        var number = RequestNumber.Normalise(request.Number);
        var hour = TimeSpan.FromHours(1);
        var network = NetworkBlock.Of(request.Sender);
        // By number and network together: whoever guesses somebody else's code locks nobody out but themselves.
        var guess = string.Join('\n', site.Id, number, network);
        if (!(await throttle.TakeAsync("look", network, limits.LookUpsPerNetworkAndHour, hour, cancellationToken)).Granted
            || !(await throttle.LookAsync("look-wrong", guess, limits.LookUpsPerNumberAndHour, hour, cancellationToken)).Granted)
        {
            return Failure.Invalid(Slow, text["Follow.Slow"]);
        }

        // The same work and the same answer, whether the number, the code or both are wrong.
        var hash = await keyring.HashAsync("code", SecretCode.Normalise(request.Code), cancellationToken);
        var found = await db.Requests.AsNoTracking().Where(row => row.SiteId == site.Id && row.Number == number)
            .Select(row => new { row.Id, row.CodeHash }).SingleOrDefaultAsync(cancellationToken);
        var same = System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            Convert.FromHexString(hash), Convert.FromHexString(found?.CodeHash ?? Nobody));
        if (same && found is not null && await reader.FollowedAsync(found.Id, site.Id, cancellationToken) is { } view)
        {
            return view;
        }

        await throttle.TakeAsync("look-wrong", guess, limits.LookUpsPerNumberAndHour, hour, cancellationToken);
        return Failure.Invalid("", text["Follow.Wrong"]);
    }
}
