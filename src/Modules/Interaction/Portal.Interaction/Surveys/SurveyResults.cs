using Microsoft.EntityFrameworkCore;
using Portal.Shared.Settings;

namespace Portal.Interaction.Surveys;

/// <summary>The figures of a survey that has ended.</summary>
internal sealed class SurveyResults(
    InteractionDbContext db, FrozenQuestionnaires questionnaires, SurveyTally tally, MixBallots.MixBallots mixer, ISettings settings)
{
    public const int MostCrosses = 3;

    public Task<bool> HasAnswersAsync(Survey survey, CancellationToken cancellationToken) =>
        db.SurveyVersions.Where(row => row.SurveyId == survey.Id).Select(_ =>
            db.SurveyAnswers.Any(row => row.SurveyId == survey.Id) || db.SurveyEnvelopes.Any(row => row.SurveyId == survey.Id)
            || db.SurveyBallots.Any(row => row.SurveyId == survey.Id)).FirstOrDefaultAsync(cancellationToken);

    /// <summary>All figures, with the cross tables of pairs like <c>q1:q2</c>; null when a pair is none.</summary>
    public async Task<SurveyFigures?> OfAsync(Survey survey, IReadOnlyList<string> pairs, CancellationToken cancellationToken)
    {
        // The envelopes of the last day too: the survey is over.
        await mixer.MixAsync(survey.Id, cancellationToken);
        var definition = await questionnaires.OfAsync(db, survey, cancellationToken);
        var smallest = settings.For<SurveySettings>(survey.SiteId).SmallestCell;
        List<CrossTable> crosses = [];
        foreach (var pair in pairs.Where(pair => pair.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (pair.Split(':') is not [var row, var column] || row == column
                || definition.Find(row) is not { } rows || definition.Find(column) is not { } columns
                || !SurveyTally.CanCross(rows) || !SurveyTally.CanCross(columns) || crosses.Count == MostCrosses)
            {
                return null;
            }

            crosses.Add(await tally.CrossAsync(survey, rows, columns, smallest, cancellationToken));
        }

        return await tally.CountAsync(survey, definition, cancellationToken) with { Crosses = crosses };
    }
}
