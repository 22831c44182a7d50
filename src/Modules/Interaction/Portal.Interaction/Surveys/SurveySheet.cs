using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.Surveys;

/// <summary>A section as it stands for what was answered before it.</summary>
public sealed record ShownSection(SurveySection Section, IReadOnlyList<SurveyQuestion> Questions);

/// <summary>
/// What somebody filled in, read against a definition. Everything is decided here, on the server: what is shown follows
/// from earlier answers alone; what belongs to a question that is not shown, or to none, is not read at all; what no page
/// of ours offers is refused.
/// </summary>
internal sealed class SurveySheet
{
    private readonly SurveyDefinition _definition;
    private readonly IStringLocalizer<SurveyText> _text;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _fields;
    private readonly Dictionary<string, SurveyValue> _answers = new(StringComparer.Ordinal);
    private readonly List<ShownSection> _sections = [];
    private readonly List<(string Section, FieldError Error)> _errors = [];

    private SurveySheet(
        SurveyDefinition definition, IReadOnlyDictionary<string, IReadOnlyList<string>> fields, IStringLocalizer<SurveyText> text)
    {
        _definition = definition;
        _fields = fields;
        _text = text;
    }

    /// <summary>The sections that are shown, in order; one whose questions are all hidden is not.</summary>
    public IReadOnlyList<ShownSection> Sections => _sections;

    /// <summary>The valid answers of what is shown.</summary>
    public IReadOnlyDictionary<string, SurveyValue> Answers => _answers;

    public static SurveySheet Of(
        SurveyDefinition definition, IReadOnlyDictionary<string, IReadOnlyList<string>> fields, IStringLocalizer<SurveyText> text)
    {
        var sheet = new SurveySheet(definition, fields, text);
        foreach (var section in definition.Sections)
        {
            sheet.Take(section, definition);
        }

        return sheet;
    }

    /// <summary>May what is filled in up to a section still show or hide one that comes after it?</summary>
    public bool VariesAfter(string section) => _definition.Sections.SkipWhile(found => found.Key != section).Skip(1)
        .Any(found => found.ShowWhen is not null || found.Questions.All(question => question.ShowWhen is not null));

    /// <summary>What is wrong in a section.</summary>
    public IReadOnlyList<FieldError> ErrorsOf(string section) => [.. _errors.Where(found => found.Section == section).Select(found => found.Error)];

    /// <summary>The first section with something wrong; null when all is well.</summary>
    public string? FirstFaulty => _errors.Count == 0 ? null : _errors[0].Section;

    /// <summary>The names of a question's fields in forms.</summary>
    public static IEnumerable<string> FieldsOf(SurveyQuestion question) => question.Kind switch
    {
        QuestionKind.Matrix => question.Rows.Select(row => NameOf(question, row.Key)),
        QuestionKind.Ranking => question.Options.Select(option => NameOf(question, option.Key)),
        _ when question.Options.Any(option => option.Other) => [NameOf(question), NameOf(question, "other")],
        _ => [NameOf(question)],
    };

    public static string NameOf(SurveyQuestion question) => "q." + question.Key;

    public static string NameOf(SurveyQuestion question, string part) => $"q.{question.Key}.{part}";

    /// <summary>The fields of a form that would give these answers.</summary>
    public static Dictionary<string, IReadOnlyList<string>> FieldsFor(
        SurveyDefinition definition, IReadOnlyDictionary<string, SurveyValue> answers)
    {
        Dictionary<string, IReadOnlyList<string>> fields = new(StringComparer.Ordinal);
        foreach (var question in definition.Questions)
        {
            if (!answers.TryGetValue(question.Key, out var value))
            {
                continue;
            }

            if (question.Kind == QuestionKind.Ranking)
            {
                foreach (var (option, place) in value.Chosen!.Select((option, index) => (option, index + 1)))
                {
                    fields[NameOf(question, option)] = [place.ToString(CultureInfo.InvariantCulture)];
                }
            }
            else if (question.Kind == QuestionKind.Matrix)
            {
                foreach (var (row, point) in value.Cells!)
                {
                    fields[NameOf(question, row)] = [point];
                }
            }
            else
            {
                fields[NameOf(question)] = value.Chosen ?? [value.Text ?? value.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    ?? value.Number!.Value.ToString(CultureInfo.InvariantCulture)];
                if (value.Other is { } other)
                {
                    fields[NameOf(question, "other")] = [other];
                }
            }
        }

        return fields;
    }

    private void Take(SurveySection section, SurveyDefinition definition)
    {
        if (!Holds(section.ShowWhen, definition))
        {
            return;
        }

        // All of them before any is read: a question never depends on one of its own page.
        SurveyQuestion[] shown = [.. section.Questions.Where(question => Holds(question.ShowWhen, definition))];
        if (shown.Length == 0)
        {
            return;
        }

        _sections.Add(new ShownSection(section, shown));
        foreach (var question in shown)
        {
            if (Read(question, section.Key) is { } value)
            {
                _answers[question.Key] = value;
            }
        }
    }

    private bool Holds(SurveyRule? rule, SurveyDefinition definition) => rule is null
        || (rule.All ? rule.Conditions.All(condition => Holds(condition, definition)) : rule.Conditions.Any(condition => Holds(condition, definition)));

    private bool Holds(SurveyCondition condition, SurveyDefinition definition)
    {
        var value = _answers.GetValueOrDefault(condition.Question);
        return condition.Operator switch
        {
            ConditionOperator.Answered => value is not null,
            ConditionOperator.IsAny => value?.Chosen?.Any(condition.Values.Contains) == true,
            ConditionOperator.IsNone => value?.Chosen?.Any(condition.Values.Contains) != true,
            _ => Amount(value, definition.Find(condition.Question)) is { } amount
                && decimal.Parse(condition.Values[0], CultureInfo.InvariantCulture) is var edge
                && (condition.Operator == ConditionOperator.AtLeast ? amount >= edge : amount <= edge),
        };
    }

    private static decimal? Amount(SurveyValue? value, SurveyQuestion? question) => value switch
    {
        { Number: { } number } => number,
        { Chosen: [var point] } when question is { Kind: QuestionKind.Rating } => PlaceOf(question.Options, point),
        _ => null,
    };

    private static int PlaceOf(IReadOnlyList<SurveyOption> options, string key) =>
        options.Select((option, index) => (option, index)).First(pair => pair.option.Key == key).index + 1;

    private SurveyValue? Read(SurveyQuestion question, string section) => question.Kind switch
    {
        QuestionKind.One or QuestionKind.Rating or QuestionKind.Several => Choices(question, section),
        QuestionKind.Matrix => Matrix(question, section),
        QuestionKind.Ranking => Ranking(question, section),
        QuestionKind.Number => Number(question, section),
        QuestionKind.Date => Day(question, section),
        _ => Words(question, section),
    };

    private SurveyValue? Choices(SurveyQuestion question, string section)
    {
        List<string> chosen = [.. Values(NameOf(question)).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];
        var several = question.Kind == QuestionKind.Several;
        if (chosen.Exists(value => question.Options.All(option => option.Key != value)) || (!several && chosen.Count > 1))
        {
            return Wrong(question, section, "Forged");
        }

        if (chosen.Count == 0)
        {
            return Missing(question, section, several ? "Fault.ChooseSome" : "Fault.ChooseOne");
        }

        if (chosen.Count > 1 && question.Options.FirstOrDefault(option => option.Exclusive && chosen.Contains(option.Key)) is { } alone)
        {
            return Wrong(question, section, "Exclusive", alone.Label);
        }

        if (several && (chosen.Count < question.Minimum || chosen.Count > question.Maximum)
            && !chosen.Exists(value => question.Options.Any(option => option.Key == value && option.Exclusive)))
        {
            return chosen.Count < question.Minimum
                ? Wrong(question, section, "TooFew", question.Minimum!) : Wrong(question, section, "TooMany", question.Maximum!);
        }

        string? words = null;
        if (question.Options.FirstOrDefault(option => option.Other && chosen.Contains(option.Key)) is { } other)
        {
            words = PublicText.Line(Value(NameOf(question, "other")));
            if (words.Length == 0)
            {
                Error(section, NameOf(question, "other"), "OtherWords", other.Label);
                return null;
            }

            if (!PublicText.Fits(words, SurveyChecks.LongestShortText))
            {
                Error(section, NameOf(question, "other"), "TooLong", SurveyChecks.LongestShortText);
                return null;
            }
        }

        return new SurveyValue { Chosen = [.. question.Options.Select(option => option.Key).Where(chosen.Contains)], Other = words };
    }

    private SurveyValue? Matrix(SurveyQuestion question, string section)
    {
        SortedDictionary<string, string> cells = new(StringComparer.Ordinal);
        var good = true;
        foreach (var row in question.Rows)
        {
            var name = NameOf(question, row.Key);
            var values = Values(name).Where(value => value.Length > 0).ToList();
            if (values.Count > 1 || (values.Count == 1 && question.Options.All(option => option.Key != values[0])))
            {
                Error(section, name, "Forged", row.Label);
                good = false;
            }
            else if (values.Count == 1)
            {
                cells[row.Key] = values[0];
            }
            else if (question.Required)
            {
                Error(section, name, "Row", row.Label);
                good = false;
            }
        }

        return good && cells.Count > 0 ? new SurveyValue { Cells = cells } : null;
    }

    private SurveyValue? Ranking(SurveyQuestion question, string section)
    {
        var most = (int)(question.Maximum ?? question.Options.Count);
        SortedDictionary<int, string> ranks = [];
        foreach (var option in question.Options)
        {
            var typed = Value(NameOf(question, option.Key));
            if (typed.Length == 0)
            {
                continue;
            }

            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) || rank < 1 || rank > most)
            {
                return Wrong(question, section, "Forged");
            }

            if (!ranks.TryAdd(rank, option.Key))
            {
                return Wrong(question, section, "SameRank", rank);
            }
        }

        if (ranks.Count == 0)
        {
            return Missing(question, section, "Fault.Rank", most);
        }

        // No place may be left out; who answers at all fills all of them.
        return ranks.Count < most ? Wrong(question, section, "Rank", most) : new SurveyValue { Chosen = [.. ranks.Values] };
    }

    private SurveyValue? Number(SurveyQuestion question, string section)
    {
        var typed = PublicText.Line(Value(NameOf(question))).Normalised(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal);
        if (typed.Length == 0)
        {
            return Missing(question, section, "Fault.Number");
        }

        const NumberStyles styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (typed.Length > 20 || !decimal.TryParse(typed, styles, CultureInfo.InvariantCulture, out var number))
        {
            return Wrong(question, section, "Number");
        }

        if (decimal.Round(number, question.Decimals) != number)
        {
            return question.Decimals == 0 ? Wrong(question, section, "Whole") : Wrong(question, section, "Decimals", question.Decimals);
        }

        return number < question.Minimum ? Wrong(question, section, "AtLeast", Written(question.Minimum!.Value) + question.Unit)
            : number > question.Maximum ? Wrong(question, section, "AtMost", Written(question.Maximum!.Value) + question.Unit)
            : new SurveyValue { Number = decimal.Round(number, question.Decimals) / 1.0000000000m };
    }

    private SurveyValue? Day(SurveyQuestion question, string section)
    {
        var typed = Value(NameOf(question)).Trim();
        return typed.Length == 0 ? Missing(question, section, "Fault.Day")
            : !DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Wrong(question, section, "Day")
            : day < question.From ? Wrong(question, section, "From", Written(question.From!.Value))
            : day > question.Until ? Wrong(question, section, "Until", Written(question.Until!.Value))
            : new SurveyValue { Day = day };
    }

    private SurveyValue? Words(SurveyQuestion question, string section)
    {
        var typed = Value(NameOf(question));
        var words = question.Kind == QuestionKind.LongText ? PublicText.Paragraphs(typed) : PublicText.Line(typed);
        var most = (int)question.Maximum!;
        return words.Length == 0 ? Missing(question, section, "Fault.Words")
            : !PublicText.Fits(words, most) ? Wrong(question, section, "TooLong", most)
            : new SurveyValue { Text = words };
    }

    private SurveyValue? Missing(SurveyQuestion question, string section, string message, params object[] arguments)
    {
        if (question.Required)
        {
            _errors.Add((section, new FieldError(NameOf(question), _text["Fault.At", question.Title, _text[message, arguments].Value])));
        }

        return null;
    }

    private SurveyValue? Wrong(SurveyQuestion question, string section, string fault, params object[] arguments)
    {
        _errors.Add((section, new FieldError(NameOf(question), _text["Fault.At", question.Title, _text["Fault." + fault, arguments].Value])));
        return null;
    }

    private void Error(string section, string field, string fault, params object[] arguments) =>
        _errors.Add((section, new FieldError(field, _text["Fault." + fault, arguments])));

    private IReadOnlyList<string> Values(string name) => _fields.GetValueOrDefault(name) ?? [];

    private string Value(string name) => Values(name) is [var first, ..] ? first : "";

    private string Written(DateOnly day) => _text["Day", day.Year, day.Month, day.Day];

    private static string Written(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
