using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters;

/// <summary>How far a person's grants reach among letters.</summary>
/// <param name="Office">Sites whose mailboxes the person keeps.</param>
/// <param name="Heads">Sites for which the person decides: as the mailbox's own, or as the unit that answers.</param>
/// <param name="Units">Sites that are given letters, for which the person works or decides.</param>
internal sealed record LetterReach(IReadOnlyList<Guid> Office, IReadOnlyList<Guid> Heads, IReadOnlyList<Guid> Units)
{
    public bool IsEmpty => Office.Count == 0 && Heads.Count == 0 && Units.Count == 0;

    public static LetterReach Of(Actor actor, ISites sites) => new(
        [.. sites.All.Where(site => actor.Can(Permission.ScreenLetters, site)).Select(site => site.Id)],
        [.. sites.All.Where(site => actor.Can(Permission.DecideLetters, site)).Select(site => site.Id)],
        [
            .. sites.All.Where(site => actor.Can(Permission.HandleLetters, site) || actor.Can(Permission.DecideLetters, site))
                .Select(site => site.Id),
        ]);

    /// <summary>Do any of the person's grants speak of letters at all?</summary>
    public static bool HasAny(Actor actor) =>
        actor.Has(Permission.ScreenLetters) || actor.Has(Permission.HandleLetters) || actor.Has(Permission.DecideLetters);

    /// <summary>The letters that the person may open: as <see cref="LetterScope"/> finds each of them.</summary>
    public IQueryable<Letter> Within(InteractionDbContext db, IQueryable<Letter> letters)
    {
        Guid[] own = [.. Office.Union(Heads)];
        var units = Units;
        // Each side alone has an index of its own; together they have none.
        return units.Count == 0 ? letters.Where(row => own.Contains(row.SiteId))
            : own.Length == 0 ? letters.Where(row => db.LetterAssignments.Any(part =>
                part.LetterId == row.Id && part.EndedAt == null && units.Contains(part.UnitSiteId)))
            : letters.Where(row => own.Contains(row.SiteId) || db.LetterAssignments.Any(part =>
                part.LetterId == row.Id && part.EndedAt == null && units.Contains(part.UnitSiteId)));
    }
}
