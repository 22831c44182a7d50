using Microsoft.Extensions.Localization;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Interpretations;

/// <summary>Texts of the pages on interpretation plans (InterpretationText.resx).</summary>
public sealed class InterpretationText;

internal static class InterpretationTexts
{
    /// <summary>A plan in one sentence, for a checklist.</summary>
    public static string Summary(this IStringLocalizer<InterpretationText> text, InterpretationPlan plan) =>
        plan.IsNeeded
            ? text[
                "Summary", string.Join('、', plan.Forms.Select(form => text["Form." + form].Value)), plan.Unit, plan.Person,
                BeijingTime.Minute(plan.PlannedAt!.Value)]
            : text["Summary.NotNeeded", plan.Reason ?? ""];
}
