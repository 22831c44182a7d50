using Microsoft.Extensions.Localization;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.Media;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Publishing.Writing;

/// <summary>The entries of writing in the console's navigation.</summary>
internal sealed class WritingMenu(
    IStringLocalizer<DocumentText> documents, IStringLocalizer<ChannelText> channels, IStringLocalizer<MediaText> media)
    : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(
            site is null || !actor.Knows(site)
                ? []
                :
                [
                    new(ConsoleGroup.Publishing, 10, "/console/documents", documents["List.Title"], Permission.UseConsole),
                    new(ConsoleGroup.Publishing, 20, "/console/channels", channels["Channels"], Permission.UseConsole),
                    new(ConsoleGroup.Publishing, 30, "/console/media", media["Library"], Permission.UseConsole),
                ]);
}
