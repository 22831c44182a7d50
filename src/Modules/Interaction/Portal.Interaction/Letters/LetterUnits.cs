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
                .OrderBy(unit => unit.Path.Count).ThenBy(unit => unit.OrganisationName, StringComparer.Ordinal)
                .Select(unit => new Choice(unit.Id.ToString(), unit.OrganisationName)),
        ];
}
