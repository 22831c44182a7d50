using Microsoft.Extensions.Localization;

namespace Portal.Publishing.Reviews;

/// <summary>Names the texts of the three reviews; they are beside it.</summary>
public sealed class ReviewText;

internal static class ReviewTexts
{
    /// <summary>How long something has waited, in the words of a queue: to the hour, days first.</summary>
    public static string Waited(this IStringLocalizer<ReviewText> text, TimeSpan time) =>
        time < TimeSpan.FromHours(1) ? text["Waited.Less"]
        : time < TimeSpan.FromDays(1) ? text["Waited.Hours", (int)time.TotalHours]
        : time.Hours == 0 ? text["Waited.Days", time.Days]
        : text["Waited.DaysHours", time.Days, time.Hours];
}
