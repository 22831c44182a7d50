using System.Text.Json.Serialization;

namespace Portal.Interaction.Surveys;

/// <summary>What a question asks for: a closed set, so that every kind can be served, checked and counted.</summary>
public enum QuestionKind
{
    /// <summary>单选</summary>
    One,

    /// <summary>多选</summary>
    Several,

    /// <summary>评分: the options are the points of the scale, the lowest first.</summary>
    Rating,

    /// <summary>矩阵: the same scale for each row.</summary>
    Matrix,

    /// <summary>排序</summary>
    Ranking,

    /// <summary>单行文字</summary>
    ShortText,

    /// <summary>多行文字</summary>
    LongText,

    /// <summary>数字</summary>
    Number,

    /// <summary>日期</summary>
    Date,
}

/// <summary>How a condition compares.</summary>
public enum ConditionOperator
{
    /// <summary>One of the values was chosen.</summary>
    IsAny,

    /// <summary>None of the values was chosen, or nothing was answered.</summary>
    IsNone,

    /// <summary>A number, or a point of a scale counted from 1, of at least the value.</summary>
    AtLeast,

    /// <summary>A number, or a point of a scale counted from 1, of at most the value.</summary>
    AtMost,

    /// <summary>Anything was answered.</summary>
    Answered,
}

/// <summary>A questionnaire: sections in order, one a page.</summary>
public sealed record SurveyDefinition
{
    /// <summary>The shape of this record; a later shape is a later number.</summary>
    public int Format { get; init; } = 1;

    public IReadOnlyList<SurveySection> Sections { get; init; } = [];

    /// <summary>Every question, in order.</summary>
    [JsonIgnore]
    public IEnumerable<SurveyQuestion> Questions => Sections.SelectMany(section => section.Questions);

    public SurveyQuestion? Find(string key) => Questions.FirstOrDefault(question => question.Key == key);
}

/// <summary>A page of a questionnaire.</summary>
public sealed record SurveySection
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Null: always shown.</summary>
    public SurveyRule? ShowWhen { get; init; }

    public IReadOnlyList<SurveyQuestion> Questions { get; init; } = [];
}

/// <summary>A question; which of its parts count depends on the kind.</summary>
public sealed record SurveyQuestion
{
    public required string Key { get; init; }

    public required QuestionKind Kind { get; init; }

    public required string Title { get; init; }

    public string Hint { get; init; } = "";

    public bool Required { get; init; }

    public SurveyRule? ShowWhen { get; init; }

    /// <summary>Choices, or the points of a scale.</summary>
    public IReadOnlyList<SurveyOption> Options { get; init; } = [];

    /// <summary>Rows of a matrix.</summary>
    public IReadOnlyList<SurveyOption> Rows { get; init; } = [];

    /// <summary>Fewest choices or smallest number.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Most choices, ranks or characters, or largest number.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Digits after the point of a number.</summary>
    public int Decimals { get; init; }

    public string Unit { get; init; } = "";

    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }

    /// <summary>Has the answer exactly one of the options?</summary>
    [JsonIgnore]
    public bool IsOneOfOptions => Kind is QuestionKind.One or QuestionKind.Rating;

    [JsonIgnore]
    public bool IsText => Kind is QuestionKind.ShortText or QuestionKind.LongText;
}

/// <summary>Something to choose.</summary>
public sealed record SurveyOption
{
    public required string Key { get; init; }

    public required string Label { get; init; }

    /// <summary>Goes with no other choice: "none of these".</summary>
    public bool Exclusive { get; init; }

    /// <summary>Asks for words of one's own.</summary>
    public bool Other { get; init; }
}

/// <summary>When something is shown. Conditions name questions of earlier sections only, so that there can be no circle.</summary>
public sealed record SurveyRule
{
    /// <summary>All conditions must hold; else one is enough.</summary>
    public bool All { get; init; } = true;

    public IReadOnlyList<SurveyCondition> Conditions { get; init; } = [];
}

public sealed record SurveyCondition
{
    public required string Question { get; init; }

    public required ConditionOperator Operator { get; init; }

    /// <summary>Keys of options, or one number.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
