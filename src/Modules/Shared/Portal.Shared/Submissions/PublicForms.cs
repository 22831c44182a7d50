using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Shared.Submissions;

/// <summary>A form that was handed out: its identity, and the seed of the code that its case will have.</summary>
/// <param name="Id">Sent twice, it is one case.</param>
/// <param name="Seed">So that both answers show the same code, which is kept nowhere.</param>
/// <param name="IssuedAt">When (UTC).</param>
public sealed record IssuedForm(Guid Id, byte[] Seed, DateTimeOffset IssuedAt);

/// <summary>A turn that was given to a form.</summary>
/// <param name="Token">Goes into the form.</param>
/// <param name="At">From when on it is good without more (UTC).</param>
/// <param name="Bits">Zero bits that an answer to its puzzle has; 0: it has none.</param>
public sealed record FormTurn(string Token, DateTimeOffset At, int Bits);

/// <summary>
/// Sealed tokens in forms of the public; nobody else can make or read one. A module derives its own, whose
/// <paramref name="purpose"/> keeps the tokens of one from passing for those of another.
/// </summary>
/// <param name="protection">The platform's keys.</param>
/// <param name="clock">The clock.</param>
/// <param name="purpose">Names the tokens; what is out there ends with its name.</param>
public abstract class PublicForms(IDataProtectionProvider protection, TimeProvider clock, string purpose)
{
    /// <summary>No person fills a form in faster.</summary>
    public static readonly TimeSpan Quickest = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FormLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(60);
    private const int FormLength = 16 + SecretCode.SeedBytes + 8;
    private const int TicketLength = 16 + 8;
    private const int TurnLength = 16 + 8 + 1;
    private const int LongestAnswer = 20;
    private const char TurnMark = '.';

    private readonly IDataProtector _forms = protection.CreateProtector(purpose + ".Form.v1");
    private readonly IDataProtector _tickets = protection.CreateProtector(purpose + ".Ticket.v1");
    private readonly IDataProtector _turns = protection.CreateProtector(purpose + ".Turn.v2");

    /// <summary>The token of a new form; good for a day.</summary>
    public string NewForm()
    {
        var now = clock.GetUtcNow();
        var bytes = new byte[FormLength];
        Guid.CreateVersion7(now).TryWriteBytes(bytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(16, SecretCode.SeedBytes));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16 + SecretCode.SeedBytes), now.ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_forms.Protect(bytes));
    }

    /// <summary>The form of a token; null for one that is old, cut or not ours.</summary>
    public IssuedForm? ReadForm(string? token)
    {
        if (Read(_forms, token, FormLength) is not { } bytes)
        {
            return null;
        }

        var issued = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16 + SecretCode.SeedBytes)));
        return clock.GetUtcNow() - issued > FormLife
            ? null
            : new IssuedForm(new Guid(bytes.AsSpan(0, 16)), bytes[16..(16 + SecretCode.SeedBytes)], issued);
    }

    /// <summary>Lets the page of a followed case send its forms without showing number and code again; good for an hour.</summary>
    public string NewTicket(Guid caseId)
    {
        var bytes = new byte[TicketLength];
        caseId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_tickets.Protect(bytes));
    }

    /// <summary>The case of a ticket; null for one that is old, cut or not ours.</summary>
    public Guid? ReadTicket(string? token) =>
        Read(_tickets, token, TicketLength) is { } bytes
        && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16))) <= TicketLife
            ? new Guid(bytes.AsSpan(0, 16))
            : null;

    /// <summary>
    /// A turn for one form, which makes one case, from <paramref name="at"/> on: for who came when too many did. Whoever answers
    /// its puzzle need not wait: a number that, behind the token and a point, hashes (SHA-256) to that many zero bits. A script
    /// finds one in a moment and a flood of forms costs time; who has no script waits. An answer is worth one case, as the form is.
    /// </summary>
    public FormTurn NewTurn(Guid formId, DateTimeOffset at, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 30);
        var bytes = new byte[TurnLength];
        formId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), at.ToUnixTimeMilliseconds());
        bytes[^1] = (byte)bits;
        // The number in front is for the script; what counts is sealed.
        var token = bits.ToString(CultureInfo.InvariantCulture) + TurnMark + WebEncoders.Base64UrlEncode(_turns.Protect(bytes));
        return new FormTurn(token, at, bits);
    }

    /// <summary>The turn of this form; null for one that is cut, changed, of another form or not ours.</summary>
    public FormTurn? ReadTurn(string? token, Guid formId) =>
        token?.Split(TurnMark) is [var bits, var rest]
        && Read(_turns, rest, TurnLength) is { } bytes && new Guid(bytes.AsSpan(0, 16)) == formId
        && bits == bytes[^1].ToString(CultureInfo.InvariantCulture)
            ? new FormTurn(token, DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16))), bytes[^1])
            : null;

    /// <summary>Is this an answer to the puzzle of a turn? It takes the same time for every answer.</summary>
    public static bool Solves(FormTurn turn, string? answer)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (turn.Bits == 0 || answer is not { Length: > 0 and <= LongestAnswer } || !answer.All(char.IsAsciiDigit))
        {
            return false;
        }

        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(turn.Token + TurnMark + answer));
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= turn.Bits;
    }

    /// <summary>
    /// What becomes of a form that came when too many did: null when its turn has come or its puzzle is answered; else the turn
    /// to send it with, which stays the same however often it is sent too early.
    /// </summary>
    /// <param name="formId">The form.</param>
    /// <param name="token">The turn it came with.</param>
    /// <param name="answer">The answer it came with.</param>
    /// <param name="againAt">When a new turn is good.</param>
    /// <param name="bits">The puzzle of a new turn.</param>
    public FormTurn? Queue(Guid formId, string? token, string? answer, DateTimeOffset againAt, int bits) =>
        ReadTurn(token, formId) is not { } turn ? NewTurn(formId, againAt, bits)
        : clock.GetUtcNow() >= turn.At || Solves(turn, answer) ? null
        : turn;

    /// <summary>Opens a token of <paramref name="protector"/>; null for one that is cut or not ours.</summary>
    protected static byte[]? Read(IDataProtector protector, string? token, int length)
    {
        ArgumentNullException.ThrowIfNull(protector);
        if (token is not { Length: > 0 and < 1000 })
        {
            return null;
        }

        try
        {
            var bytes = protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            return bytes.Length == length ? bytes : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
