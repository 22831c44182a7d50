using Microsoft.Extensions.Localization;

namespace Portal.Interaction.Surveys;

/// <summary>Rules of a questionnaire in words: the same for who builds it, who reviews it and who fills it in.</summary>
internal static class SurveyTerms
{
    /// <summary>When something is shown.</summary>
    public static string Shown(SurveyDefinition definition, SurveyRule rule, IStringLocalizer<SurveyText> text) =>
        text["Rule.Shown", string.Join(text[rule.All ? "Rule.AndAll" : "Rule.OrAny"], rule.Conditions.Select(condition =>
        {
            var asked = definition.Find(condition.Question);
            var values = condition.Values.Select(value => asked?.Options.FirstOrDefault(option => option.Key == value)?.Label ?? value);
            return text["Rule.Condition", asked?.Title ?? condition.Question, text["Operator." + condition.Operator].Value, string.Join("、", values)].Value;
        }))];

    /// <summary>Which answers are taken; empty: any.</summary>
    public static string Limits(SurveyQuestion question, IStringLocalizer<SurveyText> text) => question switch
    {
        { Kind: QuestionKind.Several, Minimum: { } least, Maximum: { } most } => text["Limit.Between", least, most],
        { Kind: QuestionKind.Several, Minimum: { } least } => text["Limit.AtLeast", least],
        { Kind: QuestionKind.Several, Maximum: { } most } => text["Limit.AtMost", most],
        { Kind: QuestionKind.Several } => text["Limit.Several"],
        { Kind: QuestionKind.Ranking } => text["Limit.Ranks", Places(question)],
        { IsText: true, Maximum: { } most } => text["Limit.Text", most],
        { Kind: QuestionKind.Number } => Joined(
            text,
            question switch
            {
                { Minimum: { } least, Maximum: { } most } => text["Limit.Number", least, most],
                { Minimum: { } least } => text["Limit.Number.AtLeast", least],
                { Maximum: { } most } => text["Limit.Number.AtMost", most],
                _ => null,
            },
            question.Decimals > 0 ? text["Limit.Decimals", question.Decimals] : null),
        { Kind: QuestionKind.Date } => Joined(
            text,
            question.From is { } from ? text["Limit.From", Day(from, text)] : null,
            question.Until is { } until ? text["Limit.Until", Day(until, text)] : null),
        _ => "",
    };

    /// <summary>How many places a ranking has.</summary>
    public static int Places(SurveyQuestion question) => (int)(question.Maximum ?? question.Options.Count);

    /// <summary>Hints, those that there are, as one.</summary>
    public static string Joined(IStringLocalizer<SurveyText> text, params ReadOnlySpan<string?> parts)
    {
        List<string> said = [];
        foreach (var part in parts)
        {
            if (part is { Length: > 0 })
            {
                said.Add(part);
            }
        }

        return string.Join(text["Question.HintAnd"], said);
    }

    private static string Day(DateOnly day, IStringLocalizer<SurveyText> text) => text["Day", day.Year, day.Month, day.Day];
}
