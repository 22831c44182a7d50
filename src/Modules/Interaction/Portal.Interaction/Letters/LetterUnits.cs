using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>The units that a letter can be given to: the mailbox's own site and those below it that stand for an organisation.</summary>
internal static class LetterUnits
{
    public static bool Below(Guid siteId, SiteInfo unit) =>
        unit.Kind != SiteKind.Subsite && unit.Status != SiteStatus.Closed && unit.Path.Contains(siteId);

    public static IReadOnlyList<Choice> Of(IReadOnlyCollection<Guid> siteIds, ISites sites) =>
        [
            .. sites.All.Where(unit => siteIds.Any(site => Below(site, unit)))
                .OrderBy(unit => unit.Path.Count).ThenBy(unit => Above(unit, sites), StringComparer.Ordinal)
                .ThenBy(unit => unit.OrganisationName, StringComparer.Ordinal)
                .Select(unit => new Choice(unit.Id.ToString(), unit.OrganisationName, Above(unit, sites))),
        ];

    // A province has hundreds of units: they stand under the one above them.
    private static string Above(SiteInfo unit, ISites sites) =>
        (unit.ParentId is { } parent ? sites.ById(parent) : null)?.OrganisationName ?? unit.OrganisationName;
}
