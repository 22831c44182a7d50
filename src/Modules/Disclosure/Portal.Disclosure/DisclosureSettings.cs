using Portal.Disclosure.Directory;
using Portal.Shared.Settings;

namespace Portal.Disclosure;

/// <summary>What provincial admins may set for the information directory.</summary>
public sealed record DisclosureSettings
{
    /// <summary>Keys of the document types that enter the directory, between commas.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Maximum = 200)]
    public string DirectoryTypes { get; init; } = "policy";

    /// <summary>The form of new index numbers.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Maximum = 60), IndexTemplateCheck]
    public string IndexTemplate { get; init; } = Directory.IndexTemplate.Default;

    /// <summary>A document of such a type is released only once its metadata is complete and confirmed.</summary>
    [Setting(Tightening = Tightening.OnOnly)]
    public bool ConfirmBeforeRelease { get; init; } = true;

    /// <summary>Days without a word from a docked unit after which it counts as silent.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 90)]
    public int DockingSilentDays { get; init; } = 7;

    /// <summary>Entries in one answer to a harvester.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 1000)]
    public int HarvestPage { get; init; } = 200;

    /// <summary>Signed requests that one docking credential may send within a minute.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 10, Maximum = 6000)]
    public int DockingRequestsPerMinute { get; init; } = 600;

    /// <summary>Records of a feed that the dry run before the first import looks at.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 100, Maximum = 100_000)]
    public int DockingTrialRecords { get; init; } = 20_000;

    /// <summary>The types as a list.</summary>
    internal IReadOnlyList<string> Types =>
        DirectoryTypes.Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
