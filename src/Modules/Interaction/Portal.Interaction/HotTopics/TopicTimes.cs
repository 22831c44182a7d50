using System.Globalization;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>Instants as people type them, in Asia/Shanghai.</summary>
internal static class TopicTimes
{
    private const string Typed = "yyyy-MM-dd'T'HH:mm";

    private static readonly string[] Forms = [Typed, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    public static DateTimeOffset? Read(string text) =>
        DateTime.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, BeijingTime.Zone.GetUtcOffset(time))
            : null;

    public static string Write(DateTimeOffset at) => BeijingTime.In(at).ToString(Typed, CultureInfo.InvariantCulture);
}
