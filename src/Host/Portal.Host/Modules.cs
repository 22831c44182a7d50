using Portal.Audit;
using Portal.Disclosure;
using Portal.Interaction;
using Portal.Publishing;
using Portal.Shared.Modules;

namespace Portal.Host;

/// <summary>The modules of this host, in order of migration.</summary>
internal static class PortalModuleList
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        new HostModule(),
        new PublishingModule(),
        new DisclosureModule(),
        new InteractionModule(),
        new AuditModule(),
    ];
}
