using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Surveys;

/// <summary>
/// What somebody has filled in so far. It travels sealed in the form, from page to page, and lies nowhere on the server: a
/// row for each page turned would tell when somebody was where.
/// </summary>
internal sealed record SurveyPass
{
    public required Guid SurveyId { get; init; }

    /// <summary>Random; the same for every click on this form.</summary>
    public required Guid FormId { get; init; }

    /// <summary>Of the code that a real-name answer can be changed with.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>The questionnaire that is answered.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Keyed hash of the code or the proof; null in the anonymous mode.</summary>
    public string? Holder { get; init; }

    public string? Name { get; init; }

    public string? Proof { get; init; }

    /// <summary>The answer that is changed; null for a new one.</summary>
    public Guid? AnswerId { get; init; }

    /// <summary>The fields of all pages as they were typed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>Seals and opens what travels in the forms of surveys.</summary>
internal sealed class SurveyForms(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Bytes of all that was typed.</summary>
    public const int LargestPass = 96 * 1024;

    /// <summary>Characters of a sealed pass.</summary>
    public const int LargestToken = 160 * 1024;

    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly IDataProtector _passes = protection.CreateProtector("Portal.Interaction.Surveys.Pass.v1");

    public SurveyPass New(Guid surveyId, string hash) => new()
    {
        SurveyId = surveyId,
        // Not of version 7: it is hashed into a key that must not be a time stamp.
        FormId = new Guid(RandomNumberGenerator.GetBytes(16)),
        Seed = RandomNumberGenerator.GetBytes(SecretCode.SeedBytes),
        Hash = hash,
        IssuedAt = clock.GetUtcNow(),
    };

    /// <summary>The token; null when more was typed than may travel.</summary>
    public string? Seal(SurveyPass pass)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(pass, SurveyJson.Options);
        return bytes.Length > LargestPass ? null : WebEncoders.Base64UrlEncode(_passes.Protect(bytes));
    }

    /// <summary>The pass of a token; null for one that is cut, not ours or of another survey.</summary>
    public SurveyPass? Open(string? token, Guid surveyId)
    {
        if (token is not { Length: > 0 and <= LargestToken })
        {
            return null;
        }

        try
        {
            var pass = JsonSerializer.Deserialize<SurveyPass>(_passes.Unprotect(WebEncoders.Base64UrlDecode(token)), SurveyJson.Options);
            return pass?.SurveyId == surveyId ? pass : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    public bool IsOld(SurveyPass pass) => clock.GetUtcNow() - pass.IssuedAt > Life;
}
