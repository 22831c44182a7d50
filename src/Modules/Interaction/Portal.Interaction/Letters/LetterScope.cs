using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters;

/// <summary>A letter that the person may reach, and what they may do to it.</summary>
internal sealed record ReachedLetter(LetterCase Case, Actor Actor, SiteInfo Site, LetterParty Parties);

/// <summary>Finds a letter within the person's grants: as the mailbox's office, or as a unit that was given it.</summary>
internal sealed class LetterScope(LetterWriter writer, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<ReachedLetter>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // Who has nothing to do with letters is told so before anybody looks for one.
        if (current.Actor is { } anybody && !LetterReach.HasAny(anybody))
        {
            return Failure.Forbidden;
        }

        if (current.Actor is not { } actor
            || await writer.FindAsync(id, cancellationToken) is not { } found
            || sites.ById(found.Letter.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var parties = PartiesOf(actor, found, site);
        return parties == LetterParty.None
            ? Failure.OutOfScope with { About = new FailureObject("letter", id.ToString(), found.Letter.Number) }
            : new ReachedLetter(found, actor, site, parties);
    }

    /// <summary>The same for who may see the writer: a unit that only helps may not.</summary>
    public async Task<Outcome<ReachedLetter>> FindWithWriterAsync(Guid id, CancellationToken cancellationToken)
    {
        var reached = await FindAsync(id, cancellationToken);
        return reached is { Succeeded: true, Value: { } found }
            && !LetterFlow.Find(found.Case.Letter.State, LetterTrigger.Reveal)!.Allows(found.Parties)
            ? Failure.Forbidden with { About = new FailureObject("letter", id.ToString(), found.Case.Letter.Number) }
            : reached;
    }

    private LetterParty PartiesOf(Actor actor, LetterCase found, SiteInfo site)
    {
        var parties = actor.Can(Permission.ScreenLetters, site) ? LetterParty.Office : LetterParty.None;
        if (actor.Can(Permission.DecideLetters, site))
        {
            parties |= LetterParty.Head;
        }

        foreach (var assignment in found.Assignments)
        {
            if (sites.ById(assignment.UnitSiteId) is not { } unit)
            {
                continue;
            }

            if (actor.Can(Permission.HandleLetters, unit))
            {
                parties |= assignment.Leads ? LetterParty.Unit : LetterParty.Helper;
            }

            if (assignment.Leads && actor.Can(Permission.DecideLetters, unit))
            {
                parties |= LetterParty.Head;
            }
        }

        return parties;
    }
}
