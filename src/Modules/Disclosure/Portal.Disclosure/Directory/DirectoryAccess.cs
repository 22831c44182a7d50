using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory;

/// <summary>An entry that the actor may manage.</summary>
internal sealed record EntryInScope(DirectoryEntry Entry, SiteInfo Site, Actor Actor);

/// <summary>A document whose metadata the actor may manage.</summary>
internal sealed record DocumentInScope(EditedDocument Document, SiteInfo Site, Actor Actor);

/// <summary>
/// Finds entries and documents for the actor of this request. What belongs to a site that the actor does not know does
/// not exist; what is known but outside the grants is refused. The site is the row's own, never one that a form names.
/// </summary>
internal sealed class DirectoryAccess(DisclosureDbContext db, ISender sender, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<EntryInScope>> EntryAsync(Guid id, CancellationToken cancellationToken)
    {
        var entry = await db.Entries.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (entry is null || current.Actor is not { } actor || sites.ById(entry.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var about = new FailureObject("directory-entry", id.ToString(), entry.Title);
        return !actor.Knows(site) ? Failure.OutOfScope with { About = about }
            : actor.Can(Permission.ManageDisclosure, site) ? new EntryInScope(entry, site, actor)
            : new Failure(FailureKind.Forbidden, []) { About = about };
    }

    public async Task<Outcome<DocumentInScope>> DocumentAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new GetEditedDocuments([id]), cancellationToken);
        if (found.Count == 0 || current.Actor is not { } actor || sites.ById(found[0].SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var about = new FailureObject("document", id.ToString(), found[0].Title);
        return !actor.Knows(site) ? Failure.OutOfScope with { About = about }
            : actor.Can(Permission.ManageDisclosure, site, [.. found[0].Lineage]) ? new DocumentInScope(found[0], site, actor)
            : new Failure(FailureKind.Forbidden, []) { About = about };
    }
}
