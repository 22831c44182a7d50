using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Primitives;

namespace Portal.Host.Identity;

/// <summary>A form that somebody sent after the session had ended: it comes along through the sign-in.</summary>
/// <param name="Path">Where it was sent.</param>
/// <param name="Token">The antiforgery token of the page it was typed on: it says for whom that page was made.</param>
/// <param name="Fields">What was typed.</param>
public sealed record CarriedForm(string Path, string Token, IReadOnlyList<KeyValuePair<string, string>> Fields);

internal sealed class CarriedForms(IDataProtectionProvider protection, IAntiforgery antiforgery)
{
    private const string TokenField = "_token";

    // About the largest text of an editor; a file chosen for upload must be chosen again.
    private const int MaximumBytes = 1024 * 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.CarriedForm");

    /// <summary>What the request's form holds, sealed; null when there is nothing to carry.</summary>
    public async Task<string?> SealAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MaximumBytes)
        {
            return null;
        }

        var form = await request.ReadFormAsync(cancellationToken);
        var fields = form
            .Where(field => field.Key != TokenField)
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
            .ToList();
        var carried = new CarriedForm(request.Path + request.QueryString, form[TokenField].ToString(), fields);
        return _protector.Protect(JsonSerializer.Serialize(carried));
    }

    /// <summary>
    /// Was it <paramref name="person"/> who typed it? The session may be long gone, by signing out as well: the page's own
    /// antiforgery token is what names the person, and is looked at as if the form came again from that person.
    /// </summary>
    public async Task<bool> IsOfAsync(CarriedForm form, ClaimsPrincipal person, HttpRequest request)
    {
        if (form.Token.Length == 0)
        {
            return false;
        }

        var again = new DefaultHttpContext { RequestServices = request.HttpContext.RequestServices, User = person };
        again.Request.Method = HttpMethods.Post;
        again.Request.Scheme = request.Scheme;
        again.Request.Headers.Cookie = request.Headers.Cookie;
        again.Request.ContentType = "application/x-www-form-urlencoded";
        again.Request.Form = new FormCollection(
            new Dictionary<string, StringValues>(StringComparer.Ordinal) { [TokenField] = form.Token });
        return await antiforgery.IsRequestValidAsync(again);
    }

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
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
