using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Portal.Interaction.Surveys;

/// <summary>The figures as lines: sums only, never the answers of one person.</summary>
internal static class SurveyCsv
{
    /// <summary>Question, kind, answered, option, count, share, mean.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(SurveyFigures figures, IStringLocalizer<SurveyText> text)
    {
        yield return [text["Csv.Question"], text["Csv.Kind"], text["Csv.Answered"], text["Csv.Option"], text["Csv.Count"], text["Csv.Share"], text["Csv.Mean"]];
        foreach (var question in figures.Questions)
        {
            string[] head = [question.Title, text["Kind." + question.Kind], Number(question.Answered)];
            if (question.Lines.Count == 0)
            {
                yield return [.. head, "", "", "", ""];
            }

            foreach (var line in question.Lines)
            {
                if (line.Counts is null)
                {
                    yield return [.. head, line.Label, Number(line.Count), Share(line.Count, question.Answered), Number(line.Mean ?? question.Mean)];
                    continue;
                }

                foreach (var (point, count) in question.Scale.Zip(line.Counts))
                {
                    yield return [.. head, text["Check.Pair", line.Label, point], Number(count), Share(count, line.Count), Number(line.Mean)];
                }
            }
        }
    }

    /// <summary>A share with one decimal.</summary>
    public static string Share(int count, int of) =>
        of == 0 ? "—" : (100m * count / of).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
