using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Directory;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Disclosure.Tests;

/// <summary>A host whose sites hold published documents, and so entries once the facts are delivered.</summary>
public class DisclosureHost : PortalHost
{
    private int _count;

    internal async Task<Channel> Channel(string site = TestData.ProvinceKey)
    {
        var slug = "zc" + Interlocked.Increment(ref _count);
        return await Use<PublishingDbContext, Channel>(async db =>
        {
            var id = Guid.CreateVersion7();
            var channel = new Channel
            {
                Id = id,
                SiteId = Site(site).Id,
                Lineage = [id],
                Slug = slug,
                Path = slug,
                Name = "政策",
                Type = ChannelType.Policies,
                Description = "说明",
                Keywords = ["关键词"],
                CreatedAt = Clock.GetUtcNow(),
            };
            db.Channels.Add(channel);
            db.Paths.Add(channel.Owning());
            await db.SaveChangesAsync();
            return channel;
        });
    }

    /// <summary>Publishes a policy, or the next edition of <paramref name="document"/>; its fact waits in the outbox.</summary>
    internal Task<Edition> Publish(
        Channel channel, Action<Edition>? change = null, Guid? document = null, string type = "policy",
        Guid? batch = null) =>
        Use<IServiceProvider, Edition>(async services =>
        {
            var db = services.GetRequiredService<PublishingDbContext>();
            var now = Clock.GetUtcNow();
            var documentId = document ?? Guid.CreateVersion7(now);
            if (document is null)
            {
                db.Documents.Add(new Document { Id = documentId, SiteId = channel.SiteId, Type = type, CreatedAt = now });
            }

            var number = Interlocked.Increment(ref _count);
            var edition = new Edition
            {
                Id = Guid.CreateVersion7(now),
                SiteId = channel.SiteId,
                DocumentId = documentId,
                Number = 1 + await db.Editions.CountAsync(row => row.DocumentId == documentId),
                ChannelId = channel.Id,
                Slug = "d" + (document ?? documentId).ToString("N")[^12..],
                Title = $"关于印发第{number}号方案的通知",
                Summary = "概述。",
                Body = MarkdownReader.Read("正文第一段。\n\n正文第二段。").Document!.ToJson(),
                Source = "云岭省人民政府办公厅",
                Fields = new(StringComparer.Ordinal)
                {
                    ["documentNumber"] = $"云政发[2026]{number}号",
                    ["issuer"] = "云岭省人民政府",
                    ["issuedOn"] = "2026-01-05",
                    ["validity"] = "effective",
                    ["subject"] = "科技、教育/教育",
                    ["genre"] = "通知",
                },
                ImportBatchId = batch,
                CreatedAt = now,
                UpdatedAt = now,
            };
            change?.Invoke(edition);
            edition.ContentHash = ContentHash.Of(edition);
            db.Editions.Add(edition);
            await ThreeReviews.Release(services, edition);
            return edition;
        });

    /// <summary>An edition on its way, as the forms would have left it.</summary>
    internal Task<Edition> OnItsWay(
        Channel channel, EditionState state = EditionState.Draft, string type = "policy", Action<Edition>? change = null,
        Guid? document = null) =>
        Use<PublishingDbContext, Edition>(async db =>
        {
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
                Slug = "w" + documentId.ToString("N")[^12..],
                Title = "关于试行的通知",
                Summary = "概述。",
                Body = MarkdownReader.Read("正文。").Document!.ToJson(),
                Source = "云岭省人民政府办公厅",
                State = state,
                SubmittedAt = now,
                Fields = new(StringComparer.Ordinal)
                {
                    ["documentNumber"] = "云政发〔2026〕700号",
                    ["issuer"] = "云岭省人民政府",
                    ["issuedOn"] = BeijingTime.Date(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["validity"] = "effective",
                },
                CreatedAt = now,
                UpdatedAt = now,
            };
            change?.Invoke(edition);
            edition.ContentHash = ContentHash.Of(edition);
            db.Editions.Add(edition);
            await db.SaveChangesAsync();
            if (state == EditionState.AwaitingSecondReview)
            {
                db.Reviews.Add(ThreeReviews.Approval(edition, ReviewStage.First, now));
            }

            if (Forming.Of(edition).Length > 0)
            {
                db.TellForming(edition, null, now);
            }

            await db.SaveChangesAsync();
            return edition;
        });

    /// <summary>Publishes a policy and delivers the facts: its entry.</summary>
    internal async Task<DirectoryEntry> Entry(Channel channel, Action<Edition>? change = null, Guid? document = null)
    {
        var edition = await Publish(channel, change, document);
        await DrainOutbox();
        return await EntryOf(edition.DocumentId);
    }

    /// <summary>Enters information through the form, takes it through its reviews and delivers the facts: its entry.</summary>
    internal async Task<DirectoryEntry> Enter(Browser keeper, Dictionary<string, string> form) =>
        await Release(await keeper.Post("/console/disclosure/entries/new", form));

    /// <summary>Changes an entry through the form, takes the change through its reviews and delivers the facts.</summary>
    internal async Task<DirectoryEntry> Change(Browser keeper, DirectoryEntry entry, Dictionary<string, string> form)
    {
        var path = $"/console/disclosure/entries/{entry.Id}";
        return await Release(await keeper.Post(
            path, new(form) { ["Version"] = entry.Version.ToString(CultureInfo.InvariantCulture) }, path));
    }

    /// <summary>Three people approve what was submitted, through the form that they use: the entry as it is then.</summary>
    internal async Task<DirectoryEntry> Release(Answer submitted)
    {
        var id = ProposalOf(submitted);
        foreach (var role in new[] { Role.FirstReviewer, Role.SecondReviewer, Role.Releaser })
        {
            var decided = await Review(await SignInAs(await Data.Staff(role)), id);
            Assert.True(decided.Status == System.Net.HttpStatusCode.Redirect, string.Join('\n', decided.Errors));
        }

        await DrainOutbox();
        return await Read(async db =>
        {
            var proposal = await db.EntryProposals.AsNoTracking().SingleAsync(row => row.Id == id);
            return await db.Entries.AsNoTracking().SingleAsync(row => row.Id == proposal.EntryId);
        });
    }

    /// <summary>The proposal that a form has led to.</summary>
    internal static Guid ProposalOf(Answer submitted)
    {
        Assert.True(submitted.Status == System.Net.HttpStatusCode.Redirect, $"{submitted.Status}: {string.Join('\n', submitted.Errors)}");
        var path = submitted.Location!.Split('?')[0];
        Assert.StartsWith("/console/disclosure/proposals/", path, StringComparison.Ordinal);
        return Guid.Parse(path.Split('/')[^1]);
    }

    /// <summary>A reviewer decides what they see.</summary>
    internal static async Task<Answer> Review(
        Browser reviewer, Guid proposal, string decision = "approve", string opinion = "同意。", bool secrecy = true)
    {
        var path = $"/console/disclosure/proposals/{proposal}";
        var page = await reviewer.Get(path);
        Dictionary<string, string> form = new()
        {
            ["ContentHash"] = page.Document.QuerySelector("input[name=ContentHash]")?.GetAttribute("value") ?? "",
            ["Opinion"] = opinion,
            ["Decision"] = decision,
        };
        if (secrecy)
        {
            form["SecrecyChecked"] = "true";
        }

        return await reviewer.Post(path + "/reviews", form, path);
    }

    internal Task<DirectoryEntry> EntryOf(Guid documentId) => Read(db =>
        db.Entries.AsNoTracking().SingleAsync(entry => entry.DocumentId == documentId));

    internal Task<T> Read<T>(Func<DisclosureDbContext, Task<T>> read) => Use(read);

    /// <summary>Runs <paramref name="work"/> in a transaction of the module and commits it, or not.</summary>
    internal Task<T> InTransaction<T>(Func<IServiceProvider, Task<T>> work, bool commit = true) =>
        Use<IServiceProvider, T>(async services =>
        {
            var db = services.GetRequiredService<DisclosureDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var result = await work(services);
            await db.SaveChangesAsync();
            if (commit)
            {
                await transaction.CommitAsync();
            }

            return result;
        });
}
