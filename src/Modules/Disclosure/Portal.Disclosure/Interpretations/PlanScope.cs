using MediatR;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Interpretations;

/// <summary>A document whose plan the actor may see.</summary>
internal sealed record PlannedDocument(EditedDocument Document, SiteInfo Site, Actor Actor, bool MayWrite);

/// <summary>
/// Finds documents for the actor of this request. What belongs to a site that the actor does not know does not exist. A
/// plan is written by those who write the document (Q-04: 谁起草、谁解读) and by those who look after disclosure.
/// </summary>
internal sealed class PlanScope(ISender sender, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<PlannedDocument>> FindAsync(Guid documentId, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new GetEditedDocuments([documentId]), cancellationToken);
        if (found.Count == 0 || current.Actor is not { } actor || sites.ById(found[0].SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Knows(site))
        {
            return Failure.OutOfScope with { About = About(found[0]) };
        }

        Guid[] lineage = [.. found[0].Lineage];
        return new PlannedDocument(
            found[0], site, actor,
            actor.Can(Permission.WriteDocuments, site, lineage) || actor.Can(Permission.ManageDisclosure, site, lineage));
    }

    public static FailureObject About(EditedDocument document) => new("document", document.Id.ToString(), document.Title);
}
