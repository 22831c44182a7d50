using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Portal.Interaction.Surveys;

/// <summary>Frozen questionnaires by their hash: they never change, so each host reads one once.</summary>
internal sealed class FrozenQuestionnaires
{
    private const int Most = 300;

    private readonly ConcurrentDictionary<string, SurveyDefinition> _known = new(StringComparer.Ordinal);

    public async ValueTask<SurveyDefinition> OfAsync(InteractionDbContext db, Survey survey, CancellationToken cancellationToken)
    {
        var hash = survey.Hash ?? throw new InvalidOperationException($"The survey {survey.Id} is not frozen.");
        if (_known.TryGetValue(hash, out var known))
        {
            return known;
        }

        var content = await db.SurveyVersions.Where(row => row.SurveyId == survey.Id && row.Hash == hash)
            .Select(row => row.Content).SingleAsync(cancellationToken);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[hash] = SurveyJson.Read<SurveyDefinition>(content);
    }
}
