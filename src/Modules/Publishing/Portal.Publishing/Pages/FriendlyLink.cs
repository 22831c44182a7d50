using Portal.Publishing.Leaving;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Publishing.Pages;

/// <summary>A link that a site's settings name.</summary>
internal sealed record FriendlyLink(string Name, string Href)
{
    private const int LongestName = 30;
    private static readonly char[] Separators = ['\n', ';', '；'];
    private static readonly char[] Spaces = [' ', '\u3000', '\t'];

    /// <summary>Reads 「名称 网址」; what is no web address is left out.</summary>
    public static IReadOnlyList<FriendlyLink> Read(string setting, SiteInfo site, ISites sites, string pathBase)
    {
        List<FriendlyLink> links = [];
        foreach (var line in Lines(setting))
        {
            var space = line.LastIndexOfAny(Spaces);
            if (space > 0 && AddressOf(line[(space + 1)..]) is { } address)
            {
                links.Add(new(line[..space].TrimEnd(), HrefOf(address, site, sites, pathBase)));
            }
        }

        return links;
    }

    /// <summary>The first link that visitors would not get to see as it was meant; null when all are sound.</summary>
    public static SettingFault? FaultOf(string setting) =>
        Lines(setting).Select((line, index) => FaultOf(line, index + 1)).FirstOrDefault(fault => fault is not null);

    private static SettingFault? FaultOf(string line, int number)
    {
        var space = line.LastIndexOfAny(Spaces);
        return space <= 0 ? new SettingFault("FriendlyLinks.Form", number, line)
            : AddressOf(line[(space + 1)..]) is null ? new SettingFault("FriendlyLinks.Address", number, line)
            : line[..space].TrimEnd() is var name && (name.Length > LongestName || name.AsSpan().ContainsAny('<', '>'))
                ? new SettingFault("FriendlyLinks.Name", number, line)
            : null;
    }

    private static string[] Lines(string setting) =>
        setting.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Uri? AddressOf(string typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.HostNameType == UriHostNameType.Dns && address.Host.Contains('.', StringComparison.Ordinal)
        && address.UserInfo.Length == 0
            ? address
            : null;

    private static string HrefOf(Uri address, SiteInfo site, ISites sites, string pathBase) =>
        sites.ByHost(address.IdnHost) is { } own ? sites.AddressOf(own, address.AbsolutePath.TrimStart('/')).AbsoluteUri
        : OutsideLinks.NeedNotice(address.IdnHost, site, sites)
            ? pathBase + "/leave?url=" + Uri.EscapeDataString(address.AbsoluteUri)
        : address.AbsoluteUri;
}

/// <summary>Every line is a name and a web address.</summary>
internal sealed class FriendlyLinkLinesAttribute : SettingCheckAttribute
{
    public override SettingFault? FaultOf(string text) => FriendlyLink.FaultOf(text);
}
