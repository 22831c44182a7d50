using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents.SharePreview;
using Portal.Publishing.Media;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents.PreviewEdition;

/// <summary>What a signed link shows: an edition before it is public, to whoever holds the link.</summary>
internal sealed record PreviewEdition(string Token) : IRequest<PreviewAnswer>, IPublicRequest;

/// <summary>The preview, or why there is none.</summary>
internal sealed record PreviewAnswer(PreviewView? View, bool Ended);

/// <summary>An edition as it will look.</summary>
public sealed record PreviewView
{
    /// <summary>The link's own part of the address.</summary>
    public required string Token { get; init; }

    /// <summary>Key of the type.</summary>
    public required DocumentType Type { get; init; }

    /// <summary>Where it stands.</summary>
    public required EditionState State { get; init; }

    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Language.</summary>
    public required string Language { get; init; }

    /// <summary>Name of the channel.</summary>
    public required string ChannelName { get; init; }

    /// <summary>信息来源</summary>
    public required string Source { get; init; }

    /// <summary>作者</summary>
    public required string Author { get; init; }

    /// <summary>Body as HTML.</summary>
    public required string Html { get; init; }

    /// <summary>Values of the type's fields.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Files.</summary>
    public required IReadOnlyList<Pages.FileView> Files { get; init; }

    /// <summary>What it takes away, if it does.</summary>
    public UnpublishingKind? Unpublishing { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>When it shall go live.</summary>
    public DateTimeOffset? PublishAt { get; init; }

    /// <summary>When the link ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Opens a link: the edition it names, while it still holds the content that it was made for.</summary>
internal sealed class PreviewReader(PublishingDbContext db, ICurrentSite current, PreviewLinks links, TimeProvider clock)
{
    /// <summary>The edition and the link; the edition is null when the link ended, both when there is no such link.</summary>
    public async Task<(Edition? Edition, PreviewLink? Link)> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } link || current.Site is not { } site)
        {
            return (null, null);
        }

        var edition = await db.Editions.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == link.EditionId && row.SiteId == site.Id, cancellationToken);
        return edition is null ? (null, null)
            : link.ExpiresAt <= clock.GetUtcNow() || edition.State == EditionState.Discarded
                || PreviewLinks.ContentOf(edition) != link.Content ? (null, link)
            : (edition, link);
    }

    public async Task<Dictionary<Guid, MediaItem>> FilesAsync(Edition edition, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. Publisher.BodyOf(edition).MediaReferences(), .. edition.Attachments.Select(file => file.MediaId)];
        if (edition.CoverMediaId is { } cover)
        {
            ids.Add(cover);
        }

        return await db.Media.AsNoTracking().Where(item => item.SiteId == edition.SiteId && ids.Contains(item.Id))
            .ToDictionaryAsync(item => item.Id, cancellationToken);
    }

    public Task<string> ChannelNameAsync(Edition edition, CancellationToken cancellationToken) =>
        db.Channels.Where(row => row.Id == edition.ChannelId).Select(row => row.Name).SingleAsync(cancellationToken);

    public Task<string> TypeAsync(Edition edition, CancellationToken cancellationToken) =>
        db.Documents.Where(row => row.Id == edition.DocumentId).Select(row => row.Type).SingleAsync(cancellationToken);
}

internal sealed class PreviewEditionHandler(PreviewReader reader) : IRequestHandler<PreviewEdition, PreviewAnswer>
{
    public async Task<PreviewAnswer> Handle(PreviewEdition request, CancellationToken cancellationToken)
    {
        var (edition, link) = await reader.OpenAsync(request.Token, cancellationToken);
        if (edition is null)
        {
            return new PreviewAnswer(null, link is not null);
        }

        var files = await reader.FilesAsync(edition, cancellationToken);
        var context = new RenderContext
        {
            Media = id => files.TryGetValue(id, out var item)
                ? new MediaSource($"/preview/{request.Token}/media/{id:D}", item.Width ?? 0, item.Height ?? 0)
                : null,
        };
        return new PreviewAnswer(
            new PreviewView
            {
                Token = request.Token,
                Type = DocumentTypes.Find(await reader.TypeAsync(edition, cancellationToken))!,
                State = edition.State,
                Number = edition.Number,
                Title = edition.Title,
                Language = edition.Language,
                ChannelName = await reader.ChannelNameAsync(edition, cancellationToken),
                Source = edition.Source,
                Author = edition.Author,
                Html = HtmlRenderer.Render(Publisher.BodyOf(edition), context),
                Fields = edition.Fields,
                Files =
                [
                    .. edition.Attachments.Where(file => files.ContainsKey(file.MediaId)).Select(file => new Pages.FileView(
                        file.MediaId, file.Name, files[file.MediaId].Name, files[file.MediaId].MediaType, files[file.MediaId].Size)),
                ],
                Unpublishing = edition.Unpublishing,
                Reason = edition.UnpublishingReason,
                PublishAt = edition.PublishAt,
                ExpiresAt = link!.ExpiresAt,
            },
            false);
    }
}
