using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Publishing.Media.UploadMedia;

/// <summary>Takes a file into the library of a site: the edition's, when it is for one, otherwise the current one.</summary>
public sealed record UploadMedia : IRequest<Outcome<UploadedMedia>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The edition it is for; its site and channel decide.</summary>
    public Guid? EditionId { get; init; }

    /// <summary>The name the browser sent.</summary>
    public string Name { get; init; } = "";

    /// <summary>The content, seekable.</summary>
    public Stream Content { get; init; } = Stream.Null;
}

/// <summary>A file that was taken.</summary>
public sealed record UploadedMedia(Guid Id, string Name, string MediaType, long Size, int? Width, int? Height);

internal sealed class UploadMediaValidator : AbstractValidator<UploadMedia>
{
    public UploadMediaValidator(IStringLocalizer<MediaText> text) =>
        RuleFor(form => form.Content).Must(content => content is { CanSeek: true, Length: > 0 })
            .WithMessage(text["Fault.Empty"]).OverridePropertyName("File");
}

internal sealed class UploadMediaHandler(
    PublishingDbContext db,
    Documents.EditionScope scope,
    ICurrentActor current,
    ICurrentSite currentSite,
    ISettings settings,
    IBlobStore blobs,
    TimeProvider clock,
    IStringLocalizer<MediaText> text) : IRequestHandler<UploadMedia, Outcome<UploadedMedia>>
{
    private const long Megabyte = 1024 * 1024;

    public async Task<Outcome<UploadedMedia>> Handle(UploadMedia request, CancellationToken cancellationToken)
    {
        var place = await PlaceAsync(request.EditionId, cancellationToken);
        if (!place.Succeeded)
        {
            return place.Failure;
        }

        var (site, actor) = place.Value;
        var limits = settings.For<PublishingSettings>(site.Id);
        var verdict = request.Content.Length > limits.VideoMegabytes * Megabyte
            ? FileFault.TooLarge
            : await FileInspector.InspectAsync(request.Content, request.Name, cancellationToken);
        if (verdict.Kind is not { } kind)
        {
            return Refuse(verdict.Fault!.Value, limits.VideoMegabytes);
        }

        var cap = kind.Family switch
        {
            FileFamily.Image => limits.ImageMegabytes,
            FileFamily.Video => limits.VideoMegabytes,
            _ => limits.DocumentMegabytes,
        };
        if (request.Content.Length > cap * Megabyte)
        {
            return Refuse(FileFault.TooLarge, cap);
        }

        request.Content.Position = 0;
        if (kind.Family != FileFamily.Image)
        {
            return await KeepAsync(request, kind, request.Content, null, site, actor, cancellationToken);
        }

        var bytes = new byte[request.Content.Length];
        await request.Content.ReadExactlyAsync(bytes, cancellationToken);
        if (ImageCleaner.TryClean(bytes, kind, limits.ImageMegapixels * 1_000_000L, out var clean) is { } fault)
        {
            return Refuse(fault, limits.ImageMegapixels);
        }

        using var written = new MemoryStream(clean!.Bytes, writable: false);
        return await KeepAsync(request, kind, written, clean, site, actor, cancellationToken);
    }

    private async Task<Outcome<(SiteInfo Site, Actor Actor)>> PlaceAsync(Guid? editionId, CancellationToken cancellationToken)
    {
        if (editionId is { } id)
        {
            var found = await scope.FindAsync(id, Permission.WriteDocuments, cancellationToken);
            return found.Succeeded ? (found.Value.Site, found.Value.Actor) : found.Failure;
        }

        return current.Actor is { } actor && currentSite.Site is { } site && actor.Knows(site)
            ? actor.SitesWith(Permission.WriteDocuments, [site]).Count > 0 ? (site, actor) : Failure.Forbidden
            : Failure.NotFound;
    }

    private async Task<Outcome<UploadedMedia>> KeepAsync(
        UploadMedia request, FileKind kind, Stream content, CleanImage? image, SiteInfo site, Actor actor,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var size = content.Length;
        var item = new MediaItem
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            BlobHash = await blobs.PutAsync(content, cancellationToken),
            Name = MediaNames.Clean(request.Name, kind),
            MediaType = kind.MediaType,
            Size = size,
            Width = image?.Width,
            Height = image?.Height,
            UploadedBy = actor.Id,
            UploadedAt = now,
        };
        db.Media.Add(item);
        db.Record(Decision.By(
            actor, now, "publishing.media.uploaded", site.Id, "media", item.Id.ToString(), item.Name, null, item.BlobHash,
            ("mediaType", item.MediaType)));
        await db.SaveChangesAsync(cancellationToken);
        return new UploadedMedia(item.Id, item.Name, item.MediaType, item.Size, item.Width, item.Height);
    }

    private Failure Refuse(FileFault fault, int limit) => Failure.Invalid("File", text["Fault." + fault, limit]);
}
