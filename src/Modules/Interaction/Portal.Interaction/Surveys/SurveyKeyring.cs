using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Surveys;

/// <summary>Keys of answers.</summary>
internal sealed class SurveyKeyring(IDataProtectionProvider protection, InteractionDbContext db, HashKeys known)
    : InteractionKeyring(protection, db, known)
{
    public Task<string> HolderAsync(Guid surveyId, SurveyMode mode, string proof, CancellationToken cancellationToken) =>
        HashAsync("survey-" + mode, surveyId.ToString("N") + "\n" + proof, cancellationToken);

    public Task<string> ChangeAsync(Guid surveyId, string code, CancellationToken cancellationToken) =>
        HashAsync("survey-change", surveyId.ToString("N") + "\n" + code, cancellationToken);

    public Task<string> WordsAsync(Guid surveyId, string question, string words, CancellationToken cancellationToken) =>
        HashAsync("survey-words", surveyId.ToString("N") + "\n" + question + "\n" + words, cancellationToken);
}

/// <summary>
/// Names for networks that hold for a day: whoever has a copy of the database cannot work an address out of them, nor tell
/// one day's from another's.
/// </summary>
internal sealed class DailyNetworks(IServiceScopeFactory scopes)
{
    private volatile DayKey? _key;

    public async Task<string> NameAsync(string network, DateOnly day, CancellationToken cancellationToken)
    {
        if (_key is not { } key || key.Day != day)
        {
            await using var scope = scopes.CreateAsyncScope();
            var made = await scope.ServiceProvider.GetRequiredService<SurveyKeyring>()
                .HashAsync("survey-network", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken);
            _key = key = new DayKey(day, Convert.FromHexString(made));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key.Key, Encoding.UTF8.GetBytes(network)));
    }

    private sealed record DayKey(DateOnly Day, byte[] Key);
}
