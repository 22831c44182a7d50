using Portal.Publishing.Leaving;
using Portal.Shared.Sites;

namespace Portal.Publishing.Pages;

/// <summary>A link that a site's settings name.</summary>
internal sealed record FriendlyLink(string Name, string Href)
{
    private static readonly char[] Separators = ['\n', ';', '；'];

    /// <summary>Reads 「名称 网址」; what is no web address is left out.</summary>
    public static IReadOnlyList<FriendlyLink> Read(string setting, SiteInfo site, ISites sites, string pathBase)
    {
        List<FriendlyLink> links = [];
        foreach (var line in setting.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var space = line.LastIndexOfAny([' ', '\u3000', '\t']);
            if (space > 0
                && Uri.TryCreate(line[(space + 1)..], UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp))
            {
                links.Add(new(line[..space].TrimEnd(), HrefOf(address, site, sites, pathBase)));
            }
        }

        return links;
    }

    private static string HrefOf(Uri address, SiteInfo site, ISites sites, string pathBase) =>
        sites.ByHost(address.IdnHost) is { } own ? sites.AddressOf(own, address.AbsolutePath.TrimStart('/')).AbsoluteUri
        : OutsideLinks.NeedNotice(address.IdnHost, site, sites)
            ? pathBase + "/leave?url=" + Uri.EscapeDataString(address.AbsoluteUri)
        : address.AbsoluteUri;
}
