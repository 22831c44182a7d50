using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Media.FetchMedia;

/// <summary>A file of the library for somebody who knows its site, published or not.</summary>
public sealed record FetchMedia(Guid MediaId) : IRequest<Outcome<FetchedMedia>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>A file to send.</summary>
public sealed record FetchedMedia(Stream Content, string Name, string MediaType, DateTimeOffset UploadedAt, string Hash);

internal sealed class FetchMediaHandler(PublishingDbContext db, ISites sites, ICurrentActor current, IBlobStore blobs)
    : IRequestHandler<FetchMedia, Outcome<FetchedMedia>>
{
    public async Task<Outcome<FetchedMedia>> Handle(FetchMedia request, CancellationToken cancellationToken)
    {
        var item = await db.Media.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.MediaId, cancellationToken);
        if (item is null || current.Actor is not { } actor
            || sites.ById(item.SiteId) is not { } site || !actor.Knows(site)
            || await blobs.OpenAsync(item.BlobHash, cancellationToken) is not { } content)
        {
            return Failure.NotFound;
        }

        return new FetchedMedia(content, item.Name, item.MediaType, item.UploadedAt, item.BlobHash);
    }
}
