using System.Globalization;
using MediatR;
using Portal.Audit.Contracts;

namespace Portal.Interaction.Letters;

/// <summary>What a signed receipt says.</summary>
/// <param name="Number">Number of the letter.</param>
/// <param name="At">When it was taken (UTC, whole seconds).</param>
/// <param name="TextHash">Hash over number, time, title, text and code.</param>
public sealed record SignedLetterReceipt(string Number, DateTimeOffset At, string TextHash);

/// <summary>Signed receipts of letters: number, time and hash under the trail's key.</summary>
internal sealed class LetterReceipts(ISender sender)
{
    public const string Kind = "letter-receipt";
    private const string NumberMark = "number ";
    private const string TimeMark = "time ";
    private const string HashMark = "hash ";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The receipt of a letter; null when the platform cannot sign now: the letter is taken all the same.</summary>
    public Task<string?> SignAsync(Letter letter, CancellationToken cancellationToken) => sender.Send(
        new SignStatement(Kind, [NumberMark + letter.Number, TimeMark + Time(letter.SubmittedAt), HashMark + letter.TextHash]),
        cancellationToken);

    /// <summary>What the lines of a statement say; null when they are no receipt's.</summary>
    public static SignedLetterReceipt? Read(StatementReading reading) =>
        reading is { Kind: Kind, Lines: [var number, var time, var hash] }
        && number.StartsWith(NumberMark, StringComparison.Ordinal)
        && time.StartsWith(TimeMark, StringComparison.Ordinal)
        && hash.StartsWith(HashMark, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(
            time[TimeMark.Length..], TimeForm, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new SignedLetterReceipt(number[NumberMark.Length..], at, hash[HashMark.Length..])
            : null;

    /// <summary>The time as receipt and hash have it.</summary>
    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString(TimeForm, CultureInfo.InvariantCulture);
}
