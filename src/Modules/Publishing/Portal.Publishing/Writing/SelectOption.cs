using Portal.Publishing.Documents.ListDocuments;

namespace Portal.Publishing.Writing;

/// <summary>A line of a select.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Text">What is read.</param>
public sealed record SelectOption(string Value, string Text)
{
    /// <summary>Channels, indented by level; the first line asks to choose.</summary>
    public static IReadOnlyList<SelectOption> Of(IEnumerable<ChannelChoice> channels, string? none) =>
    [
        .. none is null ? [] : new[] { new SelectOption("", none) },
        .. channels.Select(channel => new SelectOption(
            channel.Id.ToString(), new string('\u3000', channel.Level - 1) + channel.Name)),
    ];
}
