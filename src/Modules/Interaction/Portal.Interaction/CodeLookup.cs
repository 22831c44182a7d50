using System.Globalization;
using System.Net;
using System.Security.Cryptography;
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
    /// <summary>The field of an error that asks to wait.</summary>
    public const string Slow = "Slow";

    /// <summary>How long to wait, in whole seconds, after a refusal for too many tries.</summary>
    public int Wait { get; private set; }

    private static readonly string Nobody = new('0', 64);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

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

    // The words and the header say the same, and what is true: from then on a try is admitted.
    private Failure Slowed(DateTimeOffset at, Func<string, string> text)
    {
        Wait = Math.Max(1, (int)Math.Ceiling((at - clock.GetUtcNow()).TotalSeconds));
        return Failure.Invalid(Slow, string.Format(CultureInfo.InvariantCulture, text("Follow.Slow"), (Wait + 59) / 60));
    }
}
