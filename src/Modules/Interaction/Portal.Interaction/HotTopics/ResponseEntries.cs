using Microsoft.Extensions.Localization;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>The way to the responses on channels of 互动交流.</summary>
internal sealed class ResponseEntries(IStringLocalizer<TopicText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) =>
        channelType == "Interaction" ? [new("responses", text["Browse.Title"])] : [];
}
