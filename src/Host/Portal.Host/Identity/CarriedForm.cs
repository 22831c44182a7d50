using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Host.Identity;

/// <summary>A form that somebody sent after the session had ended: it comes along through the sign-in.</summary>
public sealed record CarriedForm(string Path, IReadOnlyList<KeyValuePair<string, string>> Fields);

internal sealed class CarriedForms(IDataProtectionProvider protection)
{
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
            .Where(field => field.Key != "_token")
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
            .ToList();
        var carried = new CarriedForm(request.Path + request.QueryString, fields);
        return _protector.Protect(JsonSerializer.Serialize(carried));
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
