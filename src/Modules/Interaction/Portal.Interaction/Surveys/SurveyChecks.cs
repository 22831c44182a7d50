using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Surveys;

/// <summary>What is wrong with a questionnaire, question by question; one with a fault cannot be submitted.</summary>
internal static partial class SurveyChecks
{
    public const int LargestDefinition = 256 * 1024;
    public const int MostSections = 20;
    public const int MostQuestions = 80;
    public const int MostOptions = 40;
    public const int MostRows = 20;
    public const int MostConditions = 5;
    public const int LongestTitle = 200;
    public const int LongestHint = 500;
    public const int LongestLabel = 100;
    public const int LongestShortText = 200;
    public const int LongestText = 2000;

    /// <summary>Characters that all texts of a questionnaire may have together: the answers travel from page to page.</summary>
    public const int MostText = 12_000;

    /// <summary>The faults; the field is the key of the section or question.</summary>
    public static IReadOnlyList<FieldError> Of(SurveyDefinition definition, IStringLocalizer<SurveyDeskText> text)
    {
        List<FieldError> faults = [];
        void Fault(string field, string key, params object[] arguments) => faults.Add(new FieldError(field, text["Check." + key, arguments]));
        if (definition.Sections.Count is 0 or > MostSections)
        {
            Fault("", "Sections", MostSections);
        }

        if (definition.Questions.Count() is 0 or > MostQuestions)
        {
            Fault("", "Questions", MostQuestions);
        }

        if (definition.Questions.Sum(TextOf) > MostText)
        {
            Fault("", "Texts", MostText);
        }

        HashSet<string> keys = new(StringComparer.Ordinal);
        Dictionary<string, SurveyQuestion> earlier = new(StringComparer.Ordinal);
        foreach (var (section, place) in definition.Sections.Select((section, index) => (section, index + 1)))
        {
            var sectionName = text["Check.Section", place, section.Title].Value;
            if (!KeyForm().IsMatch(section.Key) || !keys.Add(section.Key))
            {
                Fault(section.Key, "Key", sectionName);
            }

            if (section.Title.Trim().Length is 0 or > LongestTitle || section.Text.Length > LongestText)
            {
                Fault(section.Key, "Title", sectionName, LongestTitle);
            }

            if (section.Questions.Count == 0)
            {
                Fault(section.Key, "Empty", sectionName);
            }

            Rule(section.Key, sectionName, section.ShowWhen);
            foreach (var question in section.Questions)
            {
                var name = text["Check.Question", question.Title].Value;
                if (!KeyForm().IsMatch(question.Key) || !keys.Add(question.Key))
                {
                    Fault(question.Key, "Key", name);
                }

                if (question.Title.Trim().Length is 0 or > LongestTitle || question.Hint.Length > LongestHint || question.Unit.Length > 10)
                {
                    Fault(question.Key, "Title", name, LongestTitle);
                }

                Rule(question.Key, name, question.ShowWhen);
                foreach (var (key, arguments) in Faults(question))
                {
                    Fault(question.Key, key, [name, .. arguments]);
                }
            }

            foreach (var question in section.Questions)
            {
                earlier.TryAdd(question.Key, question);
            }
        }

        return faults;

        void Rule(string field, string name, SurveyRule? rule)
        {
            if (rule is null)
            {
                return;
            }

            if (rule.Conditions.Count is 0 or > MostConditions)
            {
                Fault(field, "Conditions", name, MostConditions);
            }

            foreach (var condition in rule.Conditions)
            {
                if (!earlier.TryGetValue(condition.Question, out var asked))
                {
                    Fault(field, "Backwards", name);
                }
                else if (!Fits(condition, asked))
                {
                    Fault(field, "Condition", name, asked.Title);
                }
            }
        }
    }

    private static int TextOf(SurveyQuestion question) =>
        (question.IsText ? (int)(question.Maximum ?? 0) : 0) + (question.Options.Count(option => option.Other) * LongestShortText);

    private static bool Fits(SurveyCondition condition, SurveyQuestion asked) => condition.Operator switch
    {
        ConditionOperator.Answered => condition.Values.Count == 0,
        ConditionOperator.IsAny or ConditionOperator.IsNone =>
            asked.Kind is QuestionKind.One or QuestionKind.Several or QuestionKind.Rating && condition.Values.Count is > 0 and <= MostOptions
            && condition.Values.All(value => asked.Options.Any(option => option.Key == value)),
        _ => asked.Kind is QuestionKind.Number or QuestionKind.Rating && condition.Values.Count == 1
            && decimal.TryParse(condition.Values[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
    };

    private static IEnumerable<(string Key, object[] Arguments)> Faults(SurveyQuestion question)
    {
        var count = question.Options.Count;
        if (question.Kind is QuestionKind.One or QuestionKind.Several or QuestionKind.Rating or QuestionKind.Matrix or QuestionKind.Ranking
            ? count is < 2 or > MostOptions : count > 0)
        {
            yield return ("Options", [MostOptions]);
        }

        if (question.Kind == QuestionKind.Matrix ? question.Rows.Count is 0 or > MostRows : question.Rows.Count > 0)
        {
            yield return ("Rows", [MostRows]);
        }

        if (question.Kind is QuestionKind.Rating or QuestionKind.Matrix && count > 11)
        {
            yield return ("Scale", [11]);
        }

        if (question.Kind == QuestionKind.Ranking && count > 10)
        {
            yield return ("Scale", [10]);
        }

        foreach (var list in (IReadOnlyList<SurveyOption>[])[question.Options, question.Rows])
        {
            if (list.Any(option => !OptionForm().IsMatch(option.Key) || option.Label.Trim().Length is 0 or > LongestLabel)
                || list.Select(option => option.Key).Distinct(StringComparer.Ordinal).Count() < list.Count
                || list.Select(option => option.Label).Distinct(StringComparer.Ordinal).Count() < list.Count)
            {
                yield return ("Labels", [LongestLabel]);
            }
        }

        if ((question.Options.Any(option => option.Exclusive) && question.Kind != QuestionKind.Several)
            || (question.Options.Any(option => option.Other) && question.Kind is not (QuestionKind.One or QuestionKind.Several))
            || question.Options.Count(option => option.Other) > 1 || question.Rows.Any(row => row.Exclusive || row.Other))
        {
            yield return ("Marks", []);
        }

        if (LimitsFault(question) is { } fault)
        {
            yield return (fault, []);
        }
    }

    private static string? LimitsFault(SurveyQuestion question) => question.Kind switch
    {
        QuestionKind.Several when IsCount(question.Minimum, 0, question.Options.Count) && IsCount(question.Maximum, 1, question.Options.Count)
            && !(question.Minimum > question.Maximum) => null,
        QuestionKind.Several => "Limits.Choices",
        QuestionKind.Ranking when question.Minimum is null && IsCount(question.Maximum, 1, question.Options.Count) => null,
        QuestionKind.Ranking => "Limits.Ranks",
        QuestionKind.ShortText when question is { Minimum: null, Maximum: >= 1 and <= LongestShortText } && IsWhole(question.Maximum) => null,
        QuestionKind.ShortText => "Limits.ShortText",
        QuestionKind.LongText when question is { Minimum: null, Maximum: >= 1 and <= LongestText } && IsWhole(question.Maximum) => null,
        QuestionKind.LongText => "Limits.LongText",
        QuestionKind.Number when question.Decimals is >= 0 and <= 4 && !(question.Minimum > question.Maximum)
            && question.Minimum is null or >= -1_000_000_000 && question.Maximum is null or <= 1_000_000_000_000 => null,
        QuestionKind.Number => "Limits.Number",
        QuestionKind.Date when !(question.From > question.Until) => null,
        QuestionKind.Date => "Limits.Date",
        _ when question is { Minimum: null, Maximum: null, Decimals: 0, From: null, Until: null } => null,
        _ => "Limits.None",
    };

    private static bool IsCount(decimal? value, int least, int most) => value is null || (value >= least && value <= most && IsWhole(value));

    private static bool IsWhole(decimal? value) => value is null || decimal.Truncate(value.Value) == value;

    [GeneratedRegex("^[a-z][a-z0-9]{0,15}$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyForm();

    [GeneratedRegex("^[a-z0-9]{1,8}$", RegexOptions.NonBacktracking)]
    private static partial Regex OptionForm();
}
