using Portal.Publishing.Pages;
using Portal.Shared.Settings;

namespace Portal.Publishing;

/// <summary>What a site shows beside its channels.</summary>
public sealed record PublicSiteSettings
{
    /// <summary>友情链接 of the home page: name and address, one a line or parted by semicolons (W-14).</summary>
    [Setting(Maximum = 4_000)]
    [FriendlyLinkLines]
    public string FriendlyLinks { get; init; } = "";
}
