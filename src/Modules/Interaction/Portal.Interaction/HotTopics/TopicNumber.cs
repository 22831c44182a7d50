using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics;

/// <summary>The number of a topic: <c>RD2026-00012-8</c>. The serial comes from a sequence, as that of letters does.</summary>
internal static class TopicNumber
{
    public const string Sequence = "hot_topic_serials";

    private static readonly CheckedNumber Form = new("RD", 5);

    public static async Task<string> NextAsync(InteractionDbContext db, int year, CancellationToken cancellationToken) =>
        Form.Write(year, await db.NextSerialAsync(Sequence, cancellationToken));

    public static string Normalise(string? typed) => Form.Normalise(typed);

    public static bool IsValid(string number) => Form.IsValid(number);
}
