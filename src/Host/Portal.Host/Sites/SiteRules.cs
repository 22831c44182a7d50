using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Host.Organisations;
using Portal.Shared.Sites;

namespace Portal.Host.Sites;

/// <summary>Rules about names, codes, colours and the life of a site (requirements G-02…G-18, W-01).</summary>
internal static partial class SiteRules
{
    public const int MostDomains = 5;

    /// <summary>G-18: how long the end of a site is announced before it.</summary>
    public static readonly TimeSpan ClosingNotice = TimeSpan.FromDays(30);

    /// <summary>Colours that pass 4.5:1 on white and under white text.</summary>
    public static IReadOnlyList<string> Palette { get; } =
    [
        "#1d4f91", "#0b62a8", "#2b5c8a", "#17566b", "#0f5c6e", "#1f6346", "#2f6041", "#3b5d38", "#4a4a8f", "#5b3f8c",
        "#6a3d7c", "#7a3b2e", "#8a4b22", "#8c2f39", "#3d5568", "#3d4f66",
    ];

    /// <summary>The emblems that are built with the front end.</summary>
    public static IReadOnlyList<string> Emblems { get; } =
        ["emblem.svg", "emblem-plain.svg", "emblem-white.svg", "emblem-wide.svg"];

    /// <summary>G-09: <c>.gov.cn</c>, or <c>.政务</c> for a Chinese name.</summary>
    public static bool IsDomain(string name) =>
        name.Length <= 253 && (GovernmentDomain().IsMatch(name) || ChineseDomain().IsMatch(name));

    /// <summary>G-10, G-11: the form of the primary domain by kind of site.</summary>
    public static bool IsPrimaryDomain(string name, SiteKind kind) => kind switch
    {
        SiteKind.Portal => PortalDomain().IsMatch(name) || ChineseDomain().IsMatch(name),
        SiteKind.Department => (DepartmentDomain().IsMatch(name) && !PortalDomain().IsMatch(name))
            || ChineseDomain().IsMatch(name),
        _ => IsDomain(name),
    };

    /// <summary>G-15: ten digits, the first six the region of the sponsor.</summary>
    public static bool IsSiteCode(string code, string region) =>
        code.Length == 10 && code.All(char.IsAsciiDigit) && code.StartsWith(region, StringComparison.Ordinal);

    /// <summary>G-02, G-03: townships and departments of counties have no site of their own, only a part of one.</summary>
    public static bool MayHaveOwnSite(OrganisationKind kind, OrganisationKind? above) =>
        kind != OrganisationKind.Township && !(kind == OrganisationKind.Department && above == OrganisationKind.County);

    /// <summary>WCAG 2 contrast of a colour with white.</summary>
    public static double ContrastWithWhite(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 1.05 / ((0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5)) + 0.05);
    }

    public static bool IsAccent(string? colour) =>
        colour is { Length: 7 } && colour[0] == '#' && colour.Skip(1).All(char.IsAsciiHexDigitLower)
        && ContrastWithWhite(colour) >= 4.5;

    /// <summary>Where a site may go from where it is (G-05, G-17, G-18).</summary>
    public static IReadOnlyList<SiteStatus> Next(SiteStatus status) => status switch
    {
        SiteStatus.Planned => [SiteStatus.AwaitingApproval, SiteStatus.Closed],
        SiteStatus.AwaitingApproval => [SiteStatus.AwaitingFiling, SiteStatus.Planned],
        SiteStatus.AwaitingFiling => [SiteStatus.Running],
        SiteStatus.Running => [SiteStatus.Suspended, SiteStatus.Closing],
        SiteStatus.Suspended => [SiteStatus.Running, SiteStatus.Closing],
        SiteStatus.Closing => [SiteStatus.Running, SiteStatus.Closed],
        SiteStatus.Closed => [],
        _ => [],
    };

    public static IReadOnlyList<string> Lines(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.ToLowerInvariant()).Distinct()];

    public static bool IsKey(string? key) => key is not null && KeyForm().IsMatch(key) && key != "localhost";

    public static bool IsHost(string host) => host.Length <= 253 && HostForm().IsMatch(host);

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+gov\.cn$", RegexOptions.NonBacktracking)]
    private static partial Regex GovernmentDomain();

    [GeneratedRegex(@"^www\.[a-z0-9-]+\.gov\.cn$", RegexOptions.NonBacktracking)]
    private static partial Regex PortalDomain();

    [GeneratedRegex(@"^[a-z0-9-]+\.[a-z0-9-]+\.gov\.cn$", RegexOptions.NonBacktracking)]
    private static partial Regex DepartmentDomain();

    [GeneratedRegex(@"^[\u4e00-\u9fff0-9a-z-]{2,60}\.政务$", RegexOptions.NonBacktracking)]
    private static partial Regex ChineseDomain();

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyForm();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex HostForm();
}
