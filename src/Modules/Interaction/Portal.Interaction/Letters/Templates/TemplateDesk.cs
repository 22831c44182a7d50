using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.Templates;

/// <summary>Who keeps and who uses the templates of a site: whoever deals with letters there.</summary>
internal sealed class TemplateDesk(InteractionDbContext db, ISites sites, ICurrentActor current, ICurrentSite currentSite)
{
    public static bool May(Actor actor, SiteInfo site) =>
        actor.Can(Permission.ScreenLetters, site) || actor.Can(Permission.HandleLetters, site) || actor.Can(Permission.DecideLetters, site);

    /// <summary>Person and site, when templates are kept there by that person.</summary>
    public Outcome<(Actor Actor, SiteInfo Site)> Here() =>
        current.Actor is not { } actor || currentSite.Site is not { } site ? Failure.NotFound
        : May(actor, site) ? (actor, site)
        : LetterReach.HasAny(actor) ? Failure.OutOfScope
        : Failure.Forbidden;

    /// <summary>A template that the person keeps; tracked.</summary>
    public async Task<Outcome<(Actor Actor, ReplyTemplate Template)>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // Who has nothing to do with letters is told so before anybody looks for one.
        if (current.Actor is { } anybody && !LetterReach.HasAny(anybody))
        {
            return Failure.Forbidden;
        }

        var template = await db.ReplyTemplates.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return current.Actor is not { } actor || template is null || sites.ById(template.SiteId) is not { } site ? Failure.NotFound
            : May(actor, site) ? (actor, template)
            : Failure.OutOfScope with { About = new FailureObject("reply-template", id.ToString(), template.Name) };
    }

    /// <summary>What may be placed in the reply to a letter: the templates of the unit that answers and of the mailbox's own site.</summary>
    public IQueryable<ReplyTemplate> For(Letter letter)
    {
        var (own, lead) = (letter.SiteId, letter.LeadSiteId);
        return db.ReplyTemplates.AsNoTracking().Where(row => row.RetiredAt == null && (row.SiteId == own || row.SiteId == lead));
    }
}
