using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Host;

/// <summary>The host's entries of the console's navigation.</summary>
internal sealed class HostMenu(IStringLocalizer<HostText> text) : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(
        Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(
        [
            new(ConsoleGroup.Work, 0, "/console", text["Menu.Today"], Permission.UseConsole),
            new(ConsoleGroup.Management, 50, "/console/sites", text["Menu.Sites"], Permission.ManageSite),
            new(ConsoleGroup.Management, 51, "/console/organisations", text["Menu.Organisations"], Permission.ManageSites),
            new(ConsoleGroup.Management, 52, "/console/staff", text["Menu.Staff"], Permission.ManageStaff),
            new(ConsoleGroup.Management, 53, "/console/settings", text["Menu.Settings"], Permission.ManageSettings),
            new(ConsoleGroup.Management, 54, "/console/calendars", text["Menu.Calendars"], Permission.ManageSettings),
        ]);
}
