using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory;

/// <summary>The directory in the console's navigation, with the number of entries that lack something.</summary>
internal sealed class DirectoryMenu(DisclosureDbContext db, IStringLocalizer<DirectoryText> text) : IConsoleMenu
{
    private const int CountedAtMost = 999;

    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(
        Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (site is null || !actor.Can(Permission.ManageDisclosure, site))
        {
            return [];
        }

        var lacking = await db.Entries
            .Where(entry => entry.SiteId == site.Id && entry.Missing.Length > 0 && entry.State == EntryState.Listed)
            .OrderBy(entry => entry.Id).Take(CountedAtMost).CountAsync(cancellationToken);
        return
        [
            new(
                ConsoleGroup.Disclosure, 10, "/console/disclosure/entries", text["Console.Entries"],
                Permission.ManageDisclosure, lacking > 0 ? lacking : null),
            new(ConsoleGroup.Disclosure, 11, "/console/disclosure/counts", text["Counts.Title"], Permission.ManageDisclosure),
        ];
    }
}
