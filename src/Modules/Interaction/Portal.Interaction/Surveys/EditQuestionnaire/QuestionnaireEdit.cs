using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Surveys.EditQuestionnaire;

/// <summary>What a form of the builder does.</summary>
public enum QuestionnaireAct
{
    SaveSection,
    SaveQuestion,
    Up,
    Down,
    Remove,

    /// <summary>Everything is replaced by what was brought as JSON.</summary>
    Import,
}

/// <summary>A condition as it is filled in.</summary>
public sealed record ConditionForm(string Question = "", ConditionOperator Operator = ConditionOperator.IsAny, string Values = "");

/// <summary>A form of the builder. An empty key is a new section or question.</summary>
public sealed record QuestionnaireForm
{
    public const int Conditions = 3;

    public const string ExclusiveMark = "【互斥】";
    public const string OtherMark = "【填写】";

    public QuestionnaireAct Act { get; init; }

    public string Key { get; init; } = "";

    /// <summary>The section of a new question.</summary>
    public string In { get; init; } = "";

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public QuestionKind Kind { get; init; }

    public bool Required { get; init; }

    /// <summary>One a line.</summary>
    public string Options { get; init; } = "";

    public string Rows { get; init; } = "";

    public string Minimum { get; init; } = "";

    public string Maximum { get; init; } = "";

    public int Decimals { get; init; }

    public string Unit { get; init; } = "";

    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }

    /// <summary>All conditions must hold.</summary>
    public bool All { get; init; } = true;

    public IReadOnlyList<ConditionForm> When { get; init; } = [];

    /// <summary>The removal is meant.</summary>
    public bool Sure { get; init; }

    /// <summary>A whole questionnaire.</summary>
    public string Json { get; init; } = "";

    internal static QuestionnaireForm Of(SurveyDefinition definition, SurveySection section) => new()
    {
        Act = QuestionnaireAct.SaveSection,
        Key = section.Key,
        Title = section.Title,
        Text = section.Text,
        All = section.ShowWhen?.All ?? true,
        When = Written(definition, section.ShowWhen),
    };

    internal static QuestionnaireForm Of(SurveyDefinition definition, SurveyQuestion question) => new()
    {
        Act = QuestionnaireAct.SaveQuestion,
        Key = question.Key,
        Title = question.Title,
        Text = question.Hint,
        Kind = question.Kind,
        Required = question.Required,
        Options = Lines(question.Options),
        Rows = Lines(question.Rows),
        Minimum = Written(question.Minimum),
        Maximum = Written(question.Maximum),
        Decimals = question.Decimals,
        Unit = question.Unit,
        From = question.From,
        Until = question.Until,
        All = question.ShowWhen?.All ?? true,
        When = Written(definition, question.ShowWhen),
    };

    private static string Lines(IReadOnlyList<SurveyOption> options) => string.Join('\n', options.Select(option =>
        option.Label + (option.Exclusive ? ExclusiveMark : "") + (option.Other ? OtherMark : "")));

    private static string Written(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    private static IReadOnlyList<ConditionForm> Written(SurveyDefinition definition, SurveyRule? rule) =>
    [
        .. (rule?.Conditions ?? []).Select(condition => new ConditionForm(
            condition.Question, condition.Operator,
            string.Join('\n', condition.Values.Select(value =>
                definition.Find(condition.Question)?.Options.FirstOrDefault(option => option.Key == value)?.Label ?? value)))),
    ];
}

/// <summary>Changes a questionnaire; what it changes is a new one.</summary>
internal sealed class QuestionnaireEditor(IStringLocalizer<SurveyDeskText> text)
{
    public Outcome<SurveyDefinition> Apply(SurveyDefinition definition, QuestionnaireForm form) => form.Act switch
    {
        QuestionnaireAct.SaveSection => SaveSection(definition, form),
        QuestionnaireAct.SaveQuestion => SaveQuestion(definition, form),
        QuestionnaireAct.Import => SurveyJson.TryRead(form.Json) is { } read ? read : Failure.Invalid(nameof(form.Json), text["Import.Fault"]),
        // A section takes its questions with it, and nothing brings them back.
        QuestionnaireAct.Remove when !form.Sure =>
            Failure.Invalid(nameof(form.Sure), text["Builder.Fault.Sure"]),
        QuestionnaireAct.Remove => Remove(definition, form.Key),
        _ => Move(definition, form.Key, form.Act == QuestionnaireAct.Up ? -1 : 1),
    };

    private Outcome<SurveyDefinition> SaveSection(SurveyDefinition definition, QuestionnaireForm form)
    {
        var rule = RuleOf(definition, form);
        if (!rule.Succeeded)
        {
            return rule.Failure;
        }

        var title = PublicText.Line(form.Title);
        if (title.Length is 0 or > SurveyChecks.LongestTitle)
        {
            return Failure.Invalid(nameof(form.Title), text["Builder.Fault.Title", SurveyChecks.LongestTitle]);
        }

        var words = PublicText.Paragraphs(form.Text);
        if (form.Key.Length == 0)
        {
            return definition with
            {
                Sections = [.. definition.Sections, new SurveySection { Key = FreeKey(definition, "s"), Title = title, Text = words, ShowWhen = rule.Value.Rule }],
            };
        }

        return definition with
        {
            Sections =
            [
                .. definition.Sections.Select(section =>
                    section.Key == form.Key ? section with { Title = title, Text = words, ShowWhen = rule.Value.Rule } : section),
            ],
        };
    }

    private Outcome<SurveyDefinition> SaveQuestion(SurveyDefinition definition, QuestionnaireForm form)
    {
        var rule = RuleOf(definition, form);
        if (!rule.Succeeded)
        {
            return rule.Failure;
        }

        if (Number(form.Minimum) is not { } least || Number(form.Maximum) is not { } most)
        {
            return Failure.Invalid(Number(form.Minimum) is null ? nameof(form.Minimum) : nameof(form.Maximum), text["Builder.Fault.Number"]);
        }

        var known = definition.Find(form.Key);
        var question = new SurveyQuestion
        {
            Key = known?.Key ?? FreeKey(definition, "q"),
            Kind = form.Kind,
            Title = PublicText.Line(form.Title),
            Hint = PublicText.Line(form.Text),
            Required = form.Required,
            ShowWhen = rule.Value.Rule,
            Options = OptionsOf(form.Options, known?.Options ?? []),
            Rows = OptionsOf(form.Rows, known?.Rows ?? []),
            Minimum = least.Value,
            // Without a length of its own a text has the longest that there is.
            Maximum = most.Value ?? (form.Kind == QuestionKind.ShortText ? 100 : form.Kind == QuestionKind.LongText ? 500 : null),
            Decimals = form.Decimals,
            Unit = PublicText.Line(form.Unit),
            From = form.From,
            Until = form.Until,
        };
        // What this kind has no use for is not kept.
        question = question.Kind is QuestionKind.Number ? question : question with { Decimals = 0, Unit = "" };
        question = question.Kind is QuestionKind.Date ? question : question with { From = null, Until = null };
        question = question.Kind is QuestionKind.Matrix ? question : question with { Rows = [] };
        question = question.Kind is QuestionKind.Number or QuestionKind.Several ? question : question with { Minimum = null };
        question = question.Kind is QuestionKind.One or QuestionKind.Rating or QuestionKind.Matrix or QuestionKind.Date
            ? question with { Maximum = null } : question;
        question = question.IsText || question.Kind is QuestionKind.Number or QuestionKind.Date ? question with { Options = [] } : question;
        var trial = known is null
            ? definition with
            {
                Sections = [.. definition.Sections.Select(section => section.Key == form.In ? section with { Questions = [.. section.Questions, question] } : section)],
            }
            : definition with
            {
                Sections =
                [
                    .. definition.Sections.Select(section =>
                        section with { Questions = [.. section.Questions.Select(old => old.Key == question.Key ? question : old)] }),
                ],
            };
        return trial.Find(question.Key) is null ? Failure.NotFound
            : SurveyChecks.Of(trial, text).Where(fault => fault.Field == question.Key).ToList() is { Count: > 0 } faults
                ? new Failure(FailureKind.Invalid, [.. faults.Select(fault => fault with { Field = nameof(form.Title) })])
            : trial;
    }

    private Outcome<FilledRule> RuleOf(SurveyDefinition definition, QuestionnaireForm form)
    {
        List<SurveyCondition> conditions = [];
        foreach (var (condition, index) in form.When.Select((condition, index) => (condition, index)).Where(pair => pair.condition.Question.Length > 0))
        {
            if (definition.Find(condition.Question) is not { } asked)
            {
                return Failure.Invalid($"When[{index}].Question", text["Builder.Fault.Condition"]);
            }

            List<string> values = [];
            foreach (var line in condition.Values.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var byLabel = condition.Operator is ConditionOperator.IsAny or ConditionOperator.IsNone;
                var chosen = asked.Options.FirstOrDefault(option => option.Label == line);
                if (byLabel && chosen is null)
                {
                    return Failure.Invalid($"When[{index}].Values", text["Builder.Fault.Value", asked.Title, line]);
                }

                values.Add(byLabel ? chosen!.Key : line);
            }

            conditions.Add(new SurveyCondition { Question = asked.Key, Operator = condition.Operator, Values = values });
        }

        return new FilledRule(conditions.Count == 0 ? null : new SurveyRule { All = form.All, Conditions = conditions });
    }

    private static Outcome<SurveyDefinition> Remove(SurveyDefinition definition, string key) => definition with
    {
        Sections =
        [
            .. definition.Sections.Where(section => section.Key != key)
                .Select(section => section with { Questions = [.. section.Questions.Where(question => question.Key != key)] }),
        ],
    };

    private static Outcome<SurveyDefinition> Move(SurveyDefinition definition, string key, int by)
    {
        var sections = definition.Sections.ToList();
        var place = sections.FindIndex(section => section.Key == key);
        if (place >= 0)
        {
            return place + by < 0 || place + by >= sections.Count ? definition : definition with { Sections = Swapped(sections, place, place + by) };
        }

        var home = sections.FindIndex(section => section.Questions.Any(question => question.Key == key));
        if (home < 0)
        {
            return Failure.NotFound;
        }

        var questions = sections[home].Questions.ToList();
        place = questions.FindIndex(question => question.Key == key);
        var target = place + by;
        if (target >= 0 && target < questions.Count)
        {
            sections[home] = sections[home] with { Questions = Swapped(questions, place, target) };
            return definition with { Sections = sections };
        }

        // Beyond the edge lies the next section.
        if (home + by < 0 || home + by >= sections.Count)
        {
            return definition;
        }

        var moved = questions[place];
        sections[home] = sections[home] with { Questions = [.. questions.Where(question => question.Key != key)] };
        var next = sections[home + by];
        sections[home + by] = next with { Questions = by < 0 ? [.. next.Questions, moved] : [moved, .. next.Questions] };
        return definition with { Sections = sections };
    }

    private static List<T> Swapped<T>(List<T> items, int one, int other)
    {
        (items[one], items[other]) = (items[other], items[one]);
        return items;
    }

    // An option keeps its key as long as it keeps its words, so that conditions go on naming it.
    private static List<SurveyOption> OptionsOf(string lines, IReadOnlyList<SurveyOption> known)
    {
        List<SurveyOption> options = [];
        HashSet<string> used = new(known.Select(option => option.Key), StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var exclusive = line.Contains(QuestionnaireForm.ExclusiveMark, StringComparison.Ordinal);
            var other = line.Contains(QuestionnaireForm.OtherMark, StringComparison.Ordinal);
            var label = PublicText.Line(line.Replace(QuestionnaireForm.ExclusiveMark, "", StringComparison.Ordinal)
                .Replace(QuestionnaireForm.OtherMark, "", StringComparison.Ordinal));
            var key = known.FirstOrDefault(option => option.Label == label)?.Key;
            for (var number = options.Count + 1; key is null; number++)
            {
                var free = number.ToString(CultureInfo.InvariantCulture);
                key = used.Add(free) ? free : null;
            }

            options.Add(new SurveyOption { Key = key, Label = label, Exclusive = exclusive, Other = other });
        }

        return options;
    }

    private static string FreeKey(SurveyDefinition definition, string prefix)
    {
        var used = definition.Questions.Select(question => question.Key).Concat(definition.Sections.Select(section => section.Key)).ToHashSet(StringComparer.Ordinal);
        var number = 1;
        while (used.Contains(prefix + number.ToString(CultureInfo.InvariantCulture)))
        {
            number++;
        }

        return prefix + number.ToString(CultureInfo.InvariantCulture);
    }

    // The outer null: it is no number; the inner: there is none.
    private static Typed? Number(string typed) => typed.Trim().Length == 0 ? new Typed(null)
        : decimal.TryParse(typed.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new Typed(number) : null;

    private readonly record struct Typed(decimal? Value);

    private sealed record FilledRule(SurveyRule? Rule);
}
