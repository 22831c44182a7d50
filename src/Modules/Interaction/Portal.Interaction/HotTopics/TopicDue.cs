using Microsoft.Extensions.Localization;

namespace Portal.Interaction.HotTopics;

/// <summary>What is owed next, in words.</summary>
/// <param name="Part">What.</param>
/// <param name="At">The instant from which it is late.</param>
/// <param name="Late">Is it late?</param>
/// <param name="Soon">Is the end near?</param>
/// <param name="Words">For example 还剩 3 小时.</param>
public sealed record TopicDue(ResponsePart Part, DateTimeOffset At, bool Late, bool Soon, string Words)
{
    /// <summary>What the topic owes next; null when nothing.</summary>
    internal static TopicDue? Of(HotTopic topic, DateTimeOffset now, IStringLocalizer<TopicDeskText> text)
    {
        if (!TopicFlow.Open.Contains(topic.State) || topic.Need is TopicNeed.Watch or TopicNeed.None
            || TopicCase.ClocksOf(topic).FirstOrDefault(clock => clock.DoneAt is null) is not { } next)
        {
            return null;
        }

        var late = next.IsLate(now);
        var left = late ? now - next.DueAt : next.DueAt - now;
        // Hours as they are counted down: the last one in minutes.
        var words = left < TimeSpan.FromHours(1) ? text[late ? "Due.LateMinutes" : "Due.Minutes", (int)Math.Ceiling(left.TotalMinutes)]
            : left < TimeSpan.FromDays(4) ? text[late ? "Due.LateHours" : "Due.Hours", (int)Math.Floor(left.TotalHours)]
            : text[late ? "Due.LateDays" : "Due.Days", (int)Math.Floor(left.TotalDays)];
        return new TopicDue(
            next.Part, next.DueAt, late, !late && left <= TimeSpan.FromHours(TopicCase.HoursOf(topic).Warn), words);
    }
}
