using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>A set: its spec, its name and the column that says what belongs to it.</summary>
internal sealed record HarvestSet(string Spec, string Name, string Column, object Value);

/// <summary>Sets by which a directory can be harvested: who discloses, the items of article 20, the subjects.</summary>
internal static class HarvestSets
{
    private const string Organisation = "organisation-";
    private const string Item = "item-";
    private const string Subject = "subject-";

    public static IReadOnlyList<HarvestSet> Of(SiteInfo directory, ISites sites, IStringLocalizer<DirectoryText> text) =>
    [
        .. sites.All
            .Where(site => site.Path.Contains(directory.Id) && sites.DirectoryOf(site) == directory.Id)
            .OrderBy(site => site.Path.Count).ThenBy(site => site.Key, StringComparer.Ordinal)
            .Select(site => new HarvestSet(
                Organisation + site.Key, text["Harvest.Set.Organisation", site.OrganisationName], "site_id", site.Id)),
        .. Classifications.StatutoryItems.Versions[^1].Items
            .Select(item => new HarvestSet(Item + item.Code, text["Harvest.Set.Item", item.Name], "statutory_item", item.Code)),
        .. Classifications.Subjects.Versions[^1].Items
            .Select(item => new HarvestSet(
                SubjectSpec(item), text["Harvest.Set.Subject", Classifications.Subjects.NameOf(item.Code)],
                item.Parent is null ? "subject_class" : "subject", item.Code)),
    ];

    /// <summary>The sets that an entry belongs to; one below another says both.</summary>
    public static IEnumerable<string> SpecsOf(HarvestedEntry entry, ISites sites)
    {
        if (sites.ById(entry.SiteId) is { } site)
        {
            yield return Organisation + site.Key;
        }

        if (entry.StatutoryItem is { } item)
        {
            yield return Item + item;
        }

        if ((entry.Subject ?? entry.SubjectClass) is { } code && Classifications.Subjects.ItemOf(code) is { } subject)
        {
            yield return SubjectSpec(subject);
        }
    }

    // A colon leads to a set below another.
    private static string SubjectSpec(ClassificationItem item) =>
        item.Parent is { } parent ? $"{Subject}{parent}:{item.Code}" : Subject + item.Code;
}
