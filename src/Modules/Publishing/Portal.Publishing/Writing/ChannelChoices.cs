using Portal.Publishing.Documents.ListDocuments;
using Portal.Shared.Ui;

namespace Portal.Publishing.Writing;

/// <summary>Channels as the lines of a select, indented by level.</summary>
internal static class ChannelChoices
{
    /// <summary>The lines; <paramref name="none"/> is the first one, which chooses nothing.</summary>
    public static IReadOnlyList<Choice> Of(IEnumerable<ChannelChoice> channels, string? none) =>
    [
        .. none is null ? [] : new[] { new Choice("", none) },
        .. channels.Select(channel => new Choice(
            channel.Id.ToString(), new string('\u3000', channel.Level - 1) + channel.Name)),
    ];
}
