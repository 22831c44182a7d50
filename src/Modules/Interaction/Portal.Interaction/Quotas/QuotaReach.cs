using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Interaction.Quotas;

/// <summary>Whose quotas a person answers for: editors of interaction, those who manage the site, those who watch it.</summary>
internal static class QuotaReach
{
    private static readonly Permission[] Any =
        [Permission.ManageConsultations, Permission.ManageSurveys, Permission.ManageInterviews, Permission.ManageSite, Permission.ReadTrail];

    public static bool HasAny(Actor actor) => Any.Any(actor.Has);

    /// <summary>The open sites.</summary>
    public static IEnumerable<SiteInfo> Of(Actor actor, ISites sites) =>
        sites.All.Where(site => site.IsOpen && Any.Any(permission => actor.Can(permission, site)));
}
