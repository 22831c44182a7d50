using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Testing;

namespace Portal.Interaction.Tests.Announcements;

/// <summary>What reviewers and Publishing do with an announcement, for tests that are not about that.</summary>
internal static class AnnouncementBoard
{
    /// <summary>The channel 互动交流 of a site, made when it has none.</summary>
    public static Task InteractionChannel(this PortalHost host, string site) => host.Use<PublishingDbContext>(async db =>
    {
        var siteId = host.Site(site).Id;
        if (await db.Channels.AnyAsync(row => row.SiteId == siteId && row.Type == ChannelType.Interaction))
        {
            return;
        }

        var id = Guid.CreateVersion7();
        var channel = new Channel
        {
            Id = id,
            SiteId = siteId,
            Lineage = [id],
            Slug = "hudong",
            Path = "hudong",
            Name = "互动交流",
            Type = ChannelType.Interaction,
            Description = "互动交流",
            Keywords = ["互动"],
            CreatedAt = host.Clock.GetUtcNow(),
        };
        db.Channels.Add(channel);
        db.Paths.Add(channel.Owning());
        await db.SaveChangesAsync();
    });

    /// <summary>Three people approve what was submitted, it goes live, and the fact is delivered.</summary>
    public static async Task Announce(this PortalHost host, AnnouncementKind kind, Guid subjectId)
    {
        var edition = await host.AnnouncedEdition(kind, subjectId);
        await host.Use<IServiceProvider>(async services => await ThreeReviews.Release(
            services, await services.GetRequiredService<PublishingDbContext>().Editions.SingleAsync(row => row.Id == edition.Id)));
        await host.DrainOutbox();
    }

    /// <summary>A reviewer sends it back.</summary>
    public static async Task SendBackAnnouncement(this PortalHost host, AnnouncementKind kind, Guid subjectId)
    {
        var edition = await host.AnnouncedEdition(kind, subjectId);
        await host.Use<PublishingDbContext>(async db =>
        {
            (await db.Editions.SingleAsync(row => row.Id == edition.Id)).State = EditionState.Returned;
            await db.SaveChangesAsync();
        });
    }

    /// <summary>The document is withdrawn in public: an edition of its own goes through the reviews.</summary>
    public static async Task WithdrawAnnouncement(this PortalHost host, AnnouncementKind kind, Guid subjectId)
    {
        var live = await host.AnnouncedEdition(kind, subjectId);
        await host.Use<IServiceProvider>(async services =>
        {
            var now = host.Clock.GetUtcNow();
            var withdrawal = new Edition
            {
                Id = Guid.CreateVersion7(now),
                SiteId = live.SiteId,
                DocumentId = live.DocumentId,
                Language = live.Language,
                Number = live.Number + 1,
                State = EditionState.AwaitingRelease,
                ChannelId = live.ChannelId,
                Slug = live.Slug,
                Title = live.Title,
                Summary = live.Summary,
                Source = live.Source,
                Body = live.Body,
                Fields = live.Fields,
                BasedOn = live.Id,
                CreatedBy = live.CreatedBy,
                CreatedAt = now,
                Unpublishing = UnpublishingKind.Withdrawn,
                UnpublishingReason = "内容有误。",
            };
            withdrawal.Edited(live.CreatedBy!.Value, now);
            services.GetRequiredService<PublishingDbContext>().Editions.Add(withdrawal);
            await ThreeReviews.Release(services, withdrawal);
        });
        await host.DrainOutbox();
    }

    /// <summary>The newest edition of the document.</summary>
    public static async Task<Edition> AnnouncedEdition(this PortalHost host, AnnouncementKind kind, Guid subjectId)
    {
        var document = await host.Use<InteractionDbContext, Guid>(db =>
            db.AnnouncedDocuments.Where(row => row.Kind == kind && row.SubjectId == subjectId).Select(row => row.Id).SingleAsync());
        return await host.Use<PublishingDbContext, Edition>(db =>
            db.Editions.AsNoTracking().Where(row => row.DocumentId == document).OrderByDescending(row => row.Number).FirstAsync());
    }
}
