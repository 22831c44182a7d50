using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Surveys;

/// <summary>Which page of a questionnaire somebody is on.</summary>
public enum WalkPage
{
    Section,

    /// <summary>检查答案</summary>
    Check,

    /// <summary>All is filled in and the visitor wants it sent.</summary>
    Ready,
}

/// <summary>The page that follows from what was posted.</summary>
internal sealed record WalkStep(
    WalkPage Page, SurveyPass Pass, SurveySheet Sheet, SurveySection? Section, IReadOnlyList<FieldError> Errors);

/// <summary>Turns the pages of a questionnaire: the same for visitors and for the preview.</summary>
internal static class SurveyWalk
{
    public const string Next = "next";
    public const string Back = "back";
    public const string Send = "send";
    public const string Go = "go:";

    // More than any field of ours takes; what is beyond is no answer.
    private const int LongestField = 10_000;
    private const int MostValues = 60;

    /// <summary>Takes the fields of a section into the pass: only those that its questions have.</summary>
    public static SurveyPass Take(
        SurveyPass pass, SurveyDefinition definition, string section, Func<string, IReadOnlyList<string>> posted)
    {
        if (definition.Sections.FirstOrDefault(found => found.Key == section) is not { } found)
        {
            return pass;
        }

        Dictionary<string, IReadOnlyList<string>> fields = new(pass.Fields, StringComparer.Ordinal);
        foreach (var name in found.Questions.SelectMany(SurveySheet.FieldsOf))
        {
            fields.Remove(name);
            string[] values =
                [.. posted(name).Where(value => value.Length > 0).Take(MostValues).Select(value => value.Length > LongestField ? value[..LongestField] : value)];
            if (values.Length > 0)
            {
                fields[name] = values;
            }
        }

        return pass with { Fields = fields };
    }

    /// <summary>The page to show.</summary>
    /// <param name="definition">The questionnaire.</param>
    /// <param name="pass">What was filled in, the posted section included.</param>
    /// <param name="section">The section that was posted; empty from the page of all answers or at the beginning.</param>
    /// <param name="act">The button.</param>
    /// <param name="text">Words of the faults.</param>
    public static WalkStep Turn(
        SurveyDefinition definition, SurveyPass pass, string section, string act, IStringLocalizer<SurveyText> text)
    {
        var sheet = SurveySheet.Of(definition, pass.Fields, text);
        WalkStep At(SurveySection shown, IReadOnlyList<FieldError> errors) => new(WalkPage.Section, pass, sheet, shown, errors);
        var first = sheet.Sections[0].Section;
        if (act.StartsWith(Go, StringComparison.Ordinal))
        {
            return At(sheet.Sections.FirstOrDefault(shown => shown.Section.Key == act[Go.Length..])?.Section ?? first, []);
        }

        var place = sheet.Sections.ToList().FindIndex(shown => shown.Section.Key == section);
        if (act == Send)
        {
            return sheet.FirstFaulty is { } faulty
                ? At(definition.Sections.First(found => found.Key == faulty), sheet.ErrorsOf(faulty))
                : new WalkStep(WalkPage.Ready, pass, sheet, null, []);
        }

        if (act == Back)
        {
            return At(place < 0 ? sheet.Sections[^1].Section : sheet.Sections[Math.Max(place - 1, 0)].Section, []);
        }

        if (act != Next || place < 0)
        {
            return At(first, []);
        }

        if (sheet.ErrorsOf(section) is { Count: > 0 } errors)
        {
            return At(sheet.Sections[place].Section, errors);
        }

        return place + 1 < sheet.Sections.Count
            ? At(sheet.Sections[place + 1].Section, [])
            : new WalkStep(WalkPage.Check, pass, sheet, null, []);
    }
}
