using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Shared.Submissions;

/// <summary>A form that was handed out: its identity, and the seed of the code that its case will have.</summary>
/// <param name="Id">Sent twice, it is one case.</param>
/// <param name="Seed">So that both answers show the same code, which is kept nowhere.</param>
/// <param name="IssuedAt">When (UTC).</param>
public sealed record IssuedForm(Guid Id, byte[] Seed, DateTimeOffset IssuedAt);

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
    private const int TurnLength = 16 + 8;

    private readonly IDataProtector _forms = protection.CreateProtector(purpose + ".Form.v1");
    private readonly IDataProtector _tickets = protection.CreateProtector(purpose + ".Ticket.v1");
    private readonly IDataProtector _turns = protection.CreateProtector(purpose + ".Turn.v1");

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

    /// <summary>A turn for one form, which makes one case, from <paramref name="at"/> on: for who came when too many did.</summary>
    public string NewTurn(Guid formId, DateTimeOffset at)
    {
        var bytes = new byte[TurnLength];
        formId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), at.ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_turns.Protect(bytes));
    }

    /// <summary>From when on the turn of this form is good; null for one that is cut, of another form or not ours.</summary>
    public DateTimeOffset? ReadTurn(string? token, Guid formId) =>
        Read(_turns, token, TurnLength) is { } bytes && new Guid(bytes.AsSpan(0, 16)) == formId
            ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)))
            : null;

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
