using Portal.Shared.Sites;

namespace Portal.Publishing.Leaving;

/// <summary>Which links need the notice before leaving the site (W-15): all but the government's and the trusted ones.</summary>
internal static class OutsideLinks
{
    private const string Government = ".gov.cn";

    public static bool NeedNotice(string host, SiteInfo? site, ISites sites) =>
        sites.ByHost(host) is null
        && !host.EndsWith(Government, StringComparison.OrdinalIgnoreCase)
        && !(site?.TrustedHosts ?? []).Contains(host, StringComparer.OrdinalIgnoreCase);
}
