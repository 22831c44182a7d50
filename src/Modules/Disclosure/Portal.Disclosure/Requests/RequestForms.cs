using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Disclosure.Requests;

/// <summary>A form that was handed out: its identity, and the seed of the code that its case will have.</summary>
/// <param name="Id">Sent twice, it is one case.</param>
/// <param name="Seed">So that both answers show the same code, which is kept nowhere.</param>
/// <param name="IssuedAt">When.</param>
internal sealed record IssuedForm(Guid Id, byte[] Seed, DateTimeOffset IssuedAt);

/// <summary>Sealed tokens in forms of the public; nobody else can make or read one.</summary>
internal sealed class RequestForms(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Quickest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FormLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(60);
    private const int FormLength = 16 + SecretCode.SeedBytes + 8;
    private const int TicketLength = 16 + 8;

    private readonly IDataProtector _forms = protection.CreateProtector("Portal.Disclosure.Requests.Form.v1");
    private readonly IDataProtector _tickets = protection.CreateProtector("Portal.Disclosure.Requests.Ticket.v1");

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

    /// <summary>Lets the page of a followed request send its forms without showing number and code again.</summary>
    public string NewTicket(Guid requestId)
    {
        var bytes = new byte[TicketLength];
        requestId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_tickets.Protect(bytes));
    }

    public Guid? ReadTicket(string? token) =>
        Read(_tickets, token, TicketLength) is { } bytes
        && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16))) <= TicketLife
            ? new Guid(bytes.AsSpan(0, 16))
            : null;

    private static byte[]? Read(IDataProtector protector, string? token, int length)
    {
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

/// <summary>Reads posted forms. What cannot be read is empty; the validators say what is wrong.</summary>
internal static class FormReading
{
    public static string Text(this IFormCollection form, string name) => form[name].ToString();

    public static T Named<T>(this IFormCollection form, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(form[name].ToString(), out var value) && Enum.IsDefined(value) ? value : default;

    public static bool Has<T>(this IFormCollection form, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(form[name].ToString(), out var value) && Enum.IsDefined(value);

    public static DateOnly? Day(this IFormCollection form, string name) =>
        DateOnly.TryParseExact(form[name].ToString(), "yyyy-MM-dd", out var day) ? day : null;

    public static int Number(this IFormCollection form, string name) =>
        int.TryParse(form[name].ToString().Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The files of a field, read whole: the request's own limit is above all of them together.</summary>
    public static async Task<IReadOnlyList<SentFile>> FilesAsync(this IFormCollection form, string name, CancellationToken cancellationToken)
    {
        List<SentFile> files = [];
        foreach (var file in form.Files.GetFiles(name).Where(file => file.Length > 0).Take(SentFile.Most + 1))
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, cancellationToken);
            files.Add(new SentFile(file.FileName, content.ToArray()));
        }

        return files;
    }
}

/// <summary>A file as it was sent.</summary>
public sealed record SentFile(string Name, byte[] Content)
{
    /// <summary>How many a form may carry.</summary>
    public const int Most = 3;

    /// <summary>How large one may be.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>How large a form may be that carries them.</summary>
    public const long LargestForm = 16L * 1024 * 1024;
}
