using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.Media;
using Portal.Publishing.RichText;
using Portal.Shared.Blobs;
using Portal.Testing;

namespace Portal.Publishing.Tests.Pages;

/// <summary>A host whose sites hold channels and pages that went through three reviews and the publication transaction.</summary>
public sealed class PublicSite : PortalHost
{
    internal async Task<Channel> Channel(
        string path, ChannelType type = ChannelType.Dynamics, string site = TestData.ProvinceKey, Action<Channel>? change = null) =>
        await Use<PublishingDbContext, Channel>(async db =>
        {
            var siteId = Site(site).Id;
            var slash = path.LastIndexOf('/');
            var parent = slash < 0
                ? null
                : await db.Channels.SingleAsync(row => row.SiteId == siteId && row.Path == path.Substring(0, slash));
            var id = Guid.CreateVersion7();
            var channel = new Channel
            {
                Id = id,
                SiteId = siteId,
                ParentId = parent?.Id,
                Lineage = [.. parent?.Lineage ?? [], id],
                Slug = path[(slash + 1)..],
                Path = path,
                Name = "栏目" + path[(slash + 1)..],
                Type = type,
                Description = "说明",
                Keywords = ["关键词"],
                CreatedAt = Clock.GetUtcNow(),
            };
            change?.Invoke(channel);
            db.Channels.Add(channel);
            db.Paths.Add(channel.Owning());
            await db.SaveChangesAsync();
            return channel;
        });

    /// <summary>Publishes the first edition of a new document, or the next one of <paramref name="document"/>.</summary>
    internal Task<Edition> Publish(
        Channel channel, string slug, string type = "article", Action<Edition>? change = null, Guid? document = null) =>
        Use<IServiceProvider, Edition>(async services =>
        {
            var db = services.GetRequiredService<PublishingDbContext>();
            var now = Clock.GetUtcNow();
            var documentId = document ?? Guid.CreateVersion7(now);
            if (document is null)
            {
                db.Documents.Add(new Document { Id = documentId, SiteId = channel.SiteId, Type = type, CreatedAt = now });
            }

            var edition = new Edition
            {
                Id = Guid.CreateVersion7(now),
                SiteId = channel.SiteId,
                DocumentId = documentId,
                Number = 1 + await db.Editions.CountAsync(row => row.DocumentId == documentId),
                ChannelId = channel.Id,
                Slug = slug,
                Title = "标题" + slug,
                Body = MarkdownReader.Read("正文第一段。").Document!.ToJson(),
                Source = "云岭省人民政府办公厅",
                CreatedAt = now,
                UpdatedAt = now,
            };
            change?.Invoke(edition);
            edition.ContentHash = ContentHash.Of(edition);
            db.Editions.Add(edition);
            await ThreeReviews.Release(services, edition);
            return edition;
        });

    /// <summary>Puts a file into the library of a site, without publishing it.</summary>
    internal Task<MediaItem> Media(string name, string type, byte[]? content = null, string site = TestData.ProvinceKey) =>
        Use<IServiceProvider, MediaItem>(async services =>
        {
            var bytes = content ?? RandomNumberGenerator.GetBytes(2_000);
            using var stream = new MemoryStream(bytes);
            var item = new MediaItem
            {
                Id = Guid.CreateVersion7(),
                SiteId = Site(site).Id,
                BlobHash = await services.GetRequiredService<IBlobStore>().PutAsync(stream, CancellationToken.None),
                Name = name,
                MediaType = type,
                Size = bytes.Length,
                UploadedAt = Clock.GetUtcNow(),
            };
            var db = services.GetRequiredService<PublishingDbContext>();
            db.Media.Add(item);
            await db.SaveChangesAsync();
            return item;
        });
}
