using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Audit;

/// <summary>The module's part of the console's navigation.</summary>
internal sealed class AuditMenu(IStringLocalizer<AuditText> text) : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(
        Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(
        [
            new(ConsoleGroup.Management, 50, "/console/audit/register", text["Register.Title"], Permission.ReadTrail),
            new(ConsoleGroup.Management, 60, "/console/audit/entries", text["Entries.Title"], Permission.ReadTrail),
        ]);
}
