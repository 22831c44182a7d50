using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Shared.Sites;

namespace Portal.Interaction.Quotas;

/// <summary>What a site has to do so many times a year.</summary>
public enum QuotaActivity
{
    /// <summary>在线访谈 (S-07)</summary>
    Interview,

    /// <summary>意见征集和网上调查 (S-08)</summary>
    Consultation,
}

/// <summary>How often a year (Opinion art. 4).</summary>
/// <param name="Activity">What.</param>
/// <param name="From">The day since which it is so; a year keeps the line that holds on its last day.</param>
/// <param name="Prefecture">Times a year for the portal of a prefecture 市（州）.</param>
/// <param name="Other">Times a year for any other site.</param>
/// <param name="ReserveDays">Days before the end of the year by which all of them should have been, at an even pace.</param>
/// <param name="Source">The rule that sets it.</param>
internal sealed record Quota(QuotaActivity Activity, DateOnly From, int Prefecture, int Other, int ReserveDays, string Source)
{
    public int Of(SiteInfo site) =>
        site is { Kind: SiteKind.Portal, OrganisationKind: "prefecture" } ? Prefecture : Other;
}

/// <summary>The yearly quotas as dated data.</summary>
internal static class QuotaLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<Quota> All { get; } = Load();

    /// <summary>The quota of a year; null before there was one.</summary>
    public static Quota? Of(QuotaActivity activity, int year) =>
        All.Where(line => line.Activity == activity && line.From <= new DateOnly(year, 12, 31)).MaxBy(line => line.From);

    private static IReadOnlyList<Quota> Load()
    {
        using var file = typeof(QuotaLines).Assembly.GetManifestResourceStream("Portal.Interaction.Quotas.quotas.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<Quota>>(file, Options)!;
    }
}
