using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking;

/// <summary>Which directory a signed request may reach, and from which side.</summary>
internal sealed class DockedDirectory(ISites sites, IStringLocalizer<DockingText> text)
{
    /// <summary>The directory with a key, when the caller's credential is for it.</summary>
    public (SiteInfo? Directory, DockingFault? Fault) Find(DockingCaller caller, string? key, params CredentialDirection[] directions)
    {
        if (!directions.Contains(caller.Credential.Direction))
        {
            return (null, new DockingFault(
                StatusCodes.Status403Forbidden, "key.direction", text["Fault.key.direction", text["Direction." + caller.Credential.Direction]]));
        }

        if (caller.Source.State == SourceState.Suspended)
        {
            return (null, new DockingFault(StatusCodes.Status403Forbidden, "source.suspended", text["Fault.source.suspended"]));
        }

        if (string.IsNullOrEmpty(key))
        {
            return (null, new DockingFault(StatusCodes.Status400BadRequest, "directory.missing", text["Fault.directory.missing"]));
        }

        // Which directories there are is nobody's business but theirs who dock with them.
        return sites.ByKey(key) is { } site && site.Id == caller.Credential.DirectoryId
            ? (site, null)
            : (null, new DockingFault(StatusCodes.Status403Forbidden, "directory.other", text["Fault.directory.other", key]));
    }
}
