using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents.SharePreview;

/// <summary>Makes a link to an edition's preview for somebody without an account.</summary>
public sealed record SharePreview : IRequest<Outcome<SharedPreview>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The edition.</summary>
    public Guid EditionId { get; init; }
}

/// <summary>A link to send.</summary>
public sealed record SharedPreview(Guid EditionId, string Title, Uri Address, DateTimeOffset ExpiresAt);

internal sealed class SharePreviewHandler(
    PublishingDbContext db, EditionScope scope, ISites sites, ISettings settings, PreviewLinks links, TimeProvider clock)
    : IRequestHandler<SharePreview, Outcome<SharedPreview>>
{
    public async Task<Outcome<SharedPreview>> Handle(SharePreview request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (edition, _, _, site, actor) = found.Value;
        var now = clock.GetUtcNow();
        var expires = now.AddHours(settings.For<PublishingSettings>(site.Id).PreviewHours);
        var token = links.Write(new PreviewLink(edition.Id, PreviewLinks.ContentOf(edition), expires));
        // Who let an unpublished text out of the house, and until when, belongs to the record.
        db.Record(EditionDecisions.Of(
            "preview-shared", edition, actor, now, null, ("expiresAt", expires.UtcDateTime.ToString("O"))));
        await db.SaveChangesAsync(cancellationToken);
        return new SharedPreview(edition.Id, edition.Title, sites.AddressOf(site, "preview/" + token), expires);
    }
}
