using System.Net;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Audit.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.CheckReceipt;

/// <summary>
/// Checks a signed receipt of a letter: the signature, the entry of the sealed trail, the checkpoint that covers it, and, when
/// the writer gives them, title, text and code. Nothing of it is kept.
/// </summary>
public sealed record CheckReceipt : IRequest<Outcome<CheckedReceipt>>, IPublicRequest
{
    /// <summary>The longest that is looked at.</summary>
    public const int Longest = 4000;

    /// <summary>The receipt as it was pasted, or read from its file.</summary>
    public string Receipt { get; init; } = "";

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public string Code { get; init; } = "";

    /// <summary>Where it came from; never kept.</summary>
    public IPAddress? Sender { get; init; }
}

/// <summary>What a receipt is worth.</summary>
public enum ReceiptStanding
{
    /// <summary>It is not a receipt at all.</summary>
    Unreadable,

    /// <summary>It is a part of one.</summary>
    Cut,

    /// <summary>Another platform signed it, or claims to have.</summary>
    Foreign,

    /// <summary>It names our key, but the signature is not over these lines.</summary>
    Altered,

    /// <summary>Signed, and not in the trail yet: it was signed a moment ago.</summary>
    Unsealed,

    /// <summary>Signed, and not in the trail although it should be.</summary>
    Missing,

    /// <summary>Signed; what the trail holds under this hash is something else, or was changed.</summary>
    Contradicted,

    /// <summary>Signed and in the trail; no checkpoint covers the entry yet.</summary>
    Uncovered,

    /// <summary>Signed, in the trail, and proved by a signed checkpoint.</summary>
    Proved,
}

/// <summary>What the given text is worth.</summary>
public enum TextStanding
{
    NotGiven,
    Same,
    Different,
}

/// <summary>The answer to <see cref="CheckReceipt"/>.</summary>
/// <param name="Standing">What the receipt is worth.</param>
/// <param name="Said">What it says; null when that is not to be believed.</param>
/// <param name="Text">Is the text the one of the receipt?</param>
/// <param name="Proof">What the trail holds.</param>
public sealed record CheckedReceipt(ReceiptStanding Standing, SignedLetterReceipt? Said, TextStanding Text, TrailProof? Proof);

internal sealed class CheckReceiptHandler(
    ISender sender, Throttle<InteractionDbContext> throttle, ICurrentSite current, ISettings settings,
    IStringLocalizer<ReceiptText> text, TimeProvider clock) : IRequestHandler<CheckReceipt, Outcome<CheckedReceipt>>
{
    // The trail seals within seconds; after this something is wrong.
    private static readonly TimeSpan SealedWithin = TimeSpan.FromMinutes(10);

    public async Task<Outcome<CheckedReceipt>> Handle(CheckReceipt request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var faults = Faults(request).ToList();
        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        var limit = settings.For<LetterSettings>(site.Id).LookUpsPerNetworkAndHour;
        if (!(await throttle.TakeAsync(
            "receipt", NetworkBlock.Of(request.Sender), limit, TimeSpan.FromHours(1), cancellationToken)).Granted)
        {
            return Failure.Invalid("", text["Fault.Slow"]);
        }

        var reading = await sender.Send(new ReadStatement(request.Receipt), cancellationToken);
        if (!reading.IsSigned)
        {
            return Unsigned(request.Receipt, reading);
        }

        if (LetterReceipts.Read(reading) is not { } said)
        {
            return new CheckedReceipt(ReceiptStanding.Unreadable, null, TextStanding.NotGiven, null);
        }

        var proof = await sender.Send(new GetTrailProof("letter", said.TextHash), cancellationToken);
        return new CheckedReceipt(StandingOf(said, proof), said, Compared(request, said), proof);
    }

    private static CheckedReceipt Unsigned(string receipt, StatementReading reading)
    {
        var standing = reading switch
        {
            { IsWhole: true, IsOurs: false } => ReceiptStanding.Foreign,
            { IsWhole: true } => ReceiptStanding.Altered,
            _ when receipt.Contains("portal-statement/", StringComparison.Ordinal)
                || receipt.Contains(LetterReceipts.Kind, StringComparison.Ordinal) => ReceiptStanding.Cut,
            _ => ReceiptStanding.Unreadable,
        };
        return new CheckedReceipt(standing, null, TextStanding.NotGiven, null);
    }

    private ReceiptStanding StandingOf(SignedLetterReceipt said, TrailProof? proof) => proof switch
    {
        null => clock.GetUtcNow() - said.At < SealedWithin ? ReceiptStanding.Unsealed : ReceiptStanding.Missing,
        { EntryHolds: false } or { Inclusion.Holds: false } => ReceiptStanding.Contradicted,
        _ when proof.ObjectTitle != said.Number || LetterReceipts.Time(proof.OccurredAt) != LetterReceipts.Time(said.At)
            => ReceiptStanding.Contradicted,
        { Inclusion: null } => ReceiptStanding.Uncovered,
        _ => ReceiptStanding.Proved,
    };

    private static TextStanding Compared(CheckReceipt request, SignedLetterReceipt said)
    {
        if (!IsGiven(request))
        {
            return TextStanding.NotGiven;
        }

        var hash = LetterIntake.HashOf(
            said.Number, said.At, PublicText.Line(request.Title), PublicText.Paragraphs(request.Text), SecretCode.Normalise(request.Code));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(said.TextHash))
            ? TextStanding.Same
            : TextStanding.Different;
    }

    private IEnumerable<FieldError> Faults(CheckReceipt request)
    {
        if (string.IsNullOrWhiteSpace(request.Receipt))
        {
            yield return new FieldError(nameof(request.Receipt), text["Fault.Receipt"]);
        }
        else if (request.Receipt.Length > CheckReceipt.Longest)
        {
            yield return new FieldError(nameof(request.Receipt), text["Fault.Long"]);
        }

        if (!IsGiven(request))
        {
            yield break;
        }

        // The hash is over all three: one alone says nothing.
        if (string.IsNullOrWhiteSpace(request.Title))
        {
            yield return new FieldError(nameof(request.Title), text["Fault.Title"]);
        }

        if (string.IsNullOrWhiteSpace(request.Text))
        {
            yield return new FieldError(nameof(request.Text), text["Fault.Text"]);
        }

        if (SecretCode.Normalise(request.Code).Length == 0)
        {
            yield return new FieldError(nameof(request.Code), text["Fault.Code"]);
        }
    }

    private static bool IsGiven(CheckReceipt request) =>
        !string.IsNullOrWhiteSpace(request.Title) || !string.IsNullOrWhiteSpace(request.Text) || !string.IsNullOrWhiteSpace(request.Code);
}
