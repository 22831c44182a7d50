using Microsoft.Extensions.Localization;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>The ways to the mailboxes on channels of 互动交流 (G-30: one platform for all of it).</summary>
internal sealed class LetterEntries(IStringLocalizer<MailText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) => channelType == "Interaction"
        ? [new("letters", text["Mailboxes.Title"]), new("letters/new", text["Mailboxes.Write"]), new("letters/follow", text["Mailboxes.Follow"]), new("letters/published", text["Mailboxes.Published"])]
        : [];
}
