using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Host.Identity;

/// <summary>
/// A form that was not carried out because the session had ended or its token does not hold: it is kept, and whoever
/// typed it may send it again.
/// </summary>
/// <param name="Path">Where it was sent.</param>
/// <param name="Token">The antiforgery token of the page it was typed on: it says for whom that page was made.</param>
/// <param name="Fields">What was typed.</param>
public sealed record CarriedForm(string Path, string Token, IReadOnlyList<KeyValuePair<string, string>> Fields);

/// <summary>Marks a form whose fields are secrets: nothing of it is ever kept.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SecretFormAttribute : Attribute;

internal sealed class CarriedForms(IDataProtectionProvider protection, IAntiforgery antiforgery)
{
    /// <summary>The field that holds the antiforgery token of a form.</summary>
    public const string TokenField = "_token";

    /// <summary>The header in which scripts send the token.</summary>
    public const string TokenHeader = "X-Portal-Token";

    // About the largest text of an editor; a file chosen for upload must be chosen again.
    private const int MaximumBytes = 1024 * 1024;

    // What the framework writes before the person: its version, 16 random bytes and the mark of a cookie's token.
    private const int BeforePerson = 18;

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.CarriedForm");

    // The framework's own: a token that it wrote is read with it.
    private readonly IDataProtector _tokens =
        protection.CreateProtector("Microsoft.AspNetCore.Antiforgery.AntiforgeryToken.v1");

    /// <summary>Scripts save drafts and upload files: they keep the text themselves when they hear a refusal.</summary>
    public static bool AsksForNoPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase)
        || request.Headers.ContainsKey("HX-Request")
        || request.Headers.ContainsKey(TokenHeader);

    /// <summary>The request's form; null when there is nothing that may be kept.</summary>
    public static async Task<CarriedForm?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType
            || request.ContentLength is null or > MaximumBytes
            || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<SecretFormAttribute>() is not null)
        {
            return null;
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            // No browser sends that.
            return null;
        }

        var fields = form
            .Where(field => field.Key != TokenField)
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
            .ToList();
        return new CarriedForm(request.Path + request.QueryString, form[TokenField].ToString(), fields);
    }

    /// <summary>The form as a text that only this platform can open.</summary>
    public string Seal(CarriedForm form) => _protector.Protect(JsonSerializer.Serialize(form));

    public CarriedForm? Open(string? sealedForm)
    {
        if (string.IsNullOrEmpty(sealedForm))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<CarriedForm>(_protector.Unprotect(sealedForm));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>
    /// Was it typed on a page made for <paramref name="person"/>? The session may be long gone, and the cookie that belongs
    /// to the token as well: the token itself names the person.
    /// </summary>
    public bool IsOf(CarriedForm form, ClaimsPrincipal person, HttpRequest request)
    {
        var again = new DefaultHttpContext { RequestServices = request.HttpContext.RequestServices, User = person };
        again.Request.Scheme = request.Scheme;
        return PersonIn(form.Token) is { } typist
            && PersonIn(antiforgery.GetTokens(again).RequestToken) is { } here
            && typist.AsSpan().SequenceEqual(here);
    }

    // What a token holds of the person for whom it was made; null when it is no token of this platform.
    private byte[]? PersonIn(string? token)
    {
        try
        {
            return _tokens.Unprotect(WebEncoders.Base64UrlDecode(token ?? "")) is { Length: > BeforePerson } bytes
                ? bytes[BeforePerson..]
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
