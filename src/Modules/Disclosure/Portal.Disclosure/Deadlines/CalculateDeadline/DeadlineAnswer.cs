using System.Text.Json;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Deadlines.CalculateDeadline;

/// <summary>The named limits and the regions that can be asked for. What is published here only grows.</summary>
internal sealed record DeadlineRulesAnswer(IReadOnlyList<DeadlineRuleAnswer> Rules, IReadOnlyList<DeadlineRegion> Regions);

/// <summary>A named limit.</summary>
internal sealed record DeadlineRuleAnswer(
    string Code, string Name, string Unit, int Amount, string Starts, string Source, string? Note)
{
    public static DeadlineRuleAnswer Of(DeadlineRule rule) => new(
        rule.Code, rule.Name, DeadlineAnswer.NameOf(rule.Unit.ToString()), rule.Amount, rule.Starts, rule.Source, rule.Note);
}

/// <summary>When it is due, and why: each day that was looked at.</summary>
internal sealed record DeadlineAnswer(
    string? Rule, string Unit, int Amount, DeadlineRegion Region, DateOnly Start, DateOnly? DueOn, string DueAt, bool Provisional,
    IReadOnlyList<int> UnpublishedYears, string Calendar, IReadOnlyList<DeadlineDayAnswer> Days)
{
    public static DeadlineAnswer Of(CalculatedDeadline answer) => new(
        answer.Rule?.Code, NameOf(answer.Unit.ToString()), answer.Amount, answer.Region, answer.Start, answer.Reading.DueOn,
        BeijingTime.Machine(answer.Reading.DueAt!.Value), answer.Reading.IsProvisional, answer.Missing, answer.Calendar,
        [.. answer.Days.Select(day => new DeadlineDayAnswer(
            day.Day.Date, NameOf(day.Day.Kind.ToString()), day.Day.Name, day.Number))]);

    public static string NameOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

/// <summary>A day, and the number it has when it counts.</summary>
internal sealed record DeadlineDayAnswer(DateOnly Date, string Kind, string? Name, int? Number);
