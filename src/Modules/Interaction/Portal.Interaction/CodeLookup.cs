using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

namespace Portal.Interaction;

/// <summary>A try to open something with its number and code.</summary>
/// <param name="Window">Names the counts of tries; the kinds of things have counts of their own.</param>
/// <param name="HashKind">The kind of hash that the code is kept as.</param>
/// <param name="Number">The number as it is kept.</param>
/// <param name="Code">The code as it was typed.</param>
/// <param name="Sender">Where it came from.</param>
/// <param name="PerNetworkAndHour">Tries of one network.</param>
/// <param name="PerNumberAndHour">Wrong tries of one network at one number.</param>
internal sealed record CodeTry(
    string Window, string HashKind, string Number, string Code, IPAddress? Sender, int PerNetworkAndHour, int PerNumberAndHour);

/// <summary>
/// Opens what the public sent in (letters, opinions, questions, error reports) with its number and code: the same work and the
/// same answer whether the number, the code or both are wrong, and limits with which nobody can lock anybody out.
/// </summary>
internal sealed class CodeLookup(Throttle<InteractionDbContext> throttle, TimeProvider clock)
{
    private const string Slow = "Slow";

    private static readonly string Nobody = new('0', 64);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private DateTimeOffset _again;

    /// <summary>What the number names, if the code is its own; <paramref name="text"/> gives the words of a refusal.</summary>
    public async Task<Outcome<T>> FindAsync<T>(
        CodeTry tried, InteractionKeyring keyring, Func<CancellationToken, Task<T?>> find, Func<T, string> codeHash,
        Func<string, string> text, CancellationToken cancellationToken)
        where T : class
    {
        var network = NetworkBlock.Of(tried.Sender);
        if ((await throttle.TakeAsync(tried.Window, network, tried.PerNetworkAndHour, Hour, cancellationToken)).AgainAt is { } again)
        {
            return Slowed(again, text);
        }

        var hash = await keyring.HashAsync(tried.HashKind, SecretCode.Normalise(tried.Code), cancellationToken);
        var found = await find(cancellationToken);
        var same = CryptographicOperations.FixedTimeEquals(
            Convert.FromHexString(hash), Convert.FromHexString(found is null ? Nobody : codeHash(found)));
        if (same && found is not null)
        {
            return found;
        }

        // Only what is wrong counts against a number, and only for where it came from.
        return (await throttle.TakeAsync(
            tried.Window + "-wrong", tried.Number + network, tried.PerNumberAndHour, Hour, cancellationToken)).AgainAt is { } later
            ? Slowed(later, text)
            : Failure.Invalid("", text("Follow.Wrong"));
    }

    /// <summary>What the page says when nothing was opened, and the status that it says it with.</summary>
    public (IReadOnlyList<FieldError> Errors, int Status) Said(HttpContext context, Failure failure)
    {
        var slow = failure.Errors.Any(error => error.Field == Slow);
        if (slow)
        {
            context.Response.RetryAt(_again, clock);
        }

        return (
            [.. failure.Errors.Select(error => error with { Field = "" })],
            slow ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity);
    }

    // The words and the header say the same, and what is true: from then on a try is admitted.
    private Failure Slowed(DateTimeOffset at, Func<string, string> text)
    {
        _again = at;
        var minutes = Math.Max(1, (int)Math.Ceiling((at - clock.GetUtcNow()).TotalMinutes));
        return Failure.Invalid(Slow, string.Format(CultureInfo.InvariantCulture, text("Follow.Slow"), minutes));
    }
}
