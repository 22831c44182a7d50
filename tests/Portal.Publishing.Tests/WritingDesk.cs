using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Testing;

namespace Portal.Publishing.Tests;

/// <summary>One host for everything that is about writing; each test makes channels and documents of its own.</summary>
[CollectionDefinition(Name)]
public sealed class WritingDesk : ICollectionFixture<WritingHost>
{
    public const string Name = "writing";
}

/// <summary>What tests about writing do again and again.</summary>
public class WritingHost : PortalHost
{
    private int _number;

    /// <summary>A channel that is simply there.</summary>
    internal async Task<Channel> Channel(string site = TestData.ProvinceKey, Channel? parent = null)
    {
        var id = Guid.CreateVersion7(Clock.GetUtcNow());
        var slug = FormattableString.Invariant($"ch{Interlocked.Increment(ref _number)}");
        var channel = new Channel
        {
            Id = id,
            SiteId = Site(site).Id,
            ParentId = parent?.Id,
            Lineage = [.. parent?.Lineage ?? [], id],
            Slug = slug,
            Path = parent is null ? slug : parent.Path + "/" + slug,
            Name = "栏目" + slug,
            CreatedAt = Clock.GetUtcNow(),
        };
        await Use<PublishingDbContext>(async db =>
        {
            db.Channels.Add(channel);
            db.Paths.Add(new PathOwner
            {
                SiteId = channel.SiteId,
                Path = channel.Path,
                Kind = PathKind.Channel,
                TargetId = id,
            });
            await db.SaveChangesAsync();
        });
        return channel;
    }

    /// <summary>A draft that <paramref name="author"/> started through the form.</summary>
    internal async Task<Edition> Draft(Person author, Channel channel, string type = "article", string title = "关于试验的通知")
    {
        var browser = await SignInAs(author);
        var page = await browser.Get("/console/documents/new");
        var answer = await browser.Post(
            "/console/documents",
            new()
            {
                ["Id"] = page.Document.QuerySelector("input[name=Id]")!.GetAttribute("value")!,
                ["Type"] = type,
                ["ChannelId"] = channel.Id.ToString(),
                ["Title"] = title,
            },
            "/console/documents/new");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return await Edition(Guid.Parse(answer.Location!.Split('/')[3].Split('?')[0]));
    }

    /// <summary>A published document. It goes live in an emergency: the reviews have tests of their own.</summary>
    internal async Task<Edition> Live(Person author, Channel channel, string type = "article", string title = "关于试验的通知")
    {
        var draft = await Draft(author, channel, type, title);
        await Publish(draft.Id);
        return await Edition(draft.Id);
    }

    /// <param name="editionId">What goes live.</param>
    /// <param name="meanwhile">What happens before the transaction ends.</param>
    internal Task Publish(Guid editionId, Func<Task>? meanwhile = null) => Use<IServiceProvider>(async services =>
    {
        var db = services.GetRequiredService<PublishingDbContext>();
        var publisher = services.GetRequiredService<Publisher>();
        var edition = await db.Editions.SingleAsync(row => row.Id == editionId);
        // As commands do, which look at the channel before they take the lock.
        await db.Channels.SingleAsync(row => row.Id == edition.ChannelId);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await publisher.LockAsync(edition.DocumentId, CancellationToken.None);
        db.EmergencyPublications.Add(new EmergencyPublication
        {
            Id = Guid.CreateVersion7(),
            SiteId = edition.SiteId,
            EditionId = edition.Id,
            ContentHash = edition.ContentHash,
            PersonId = Guid.CreateVersion7(),
            PersonName = "审发人",
            Unit = "测试单位",
            Reason = "测试",
            At = Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        await publisher.GoLiveAsync(edition, null, CancellationToken.None);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await transaction.CommitAsync();
    });

    /// <summary>Until the work waits for a lock on paths, or is done without.</summary>
    internal async Task WaitsForPaths(Task work)
    {
        while (!work.IsCompleted && await Read(db => db.Database.SqlQuery<int>(
            $"""
            select count(*)::int as "Value" from pg_locks
            where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())
            """).SingleAsync()) == 0)
        {
            await Task.Yield();
        }
    }

    internal Task<Edition> Edition(Guid id) => Read(db => db.Editions.AsNoTracking().SingleAsync(row => row.Id == id));

    internal Task<T> Read<T>(Func<PublishingDbContext, Task<T>> read) => Use(read);

    /// <summary>The states, as a superuser would set them.</summary>
    internal Task Put(Guid editionId, EditionState state) => Use<PublishingDbContext>(db =>
        db.Editions.Where(row => row.Id == editionId).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state)));

    /// <summary>How often the trail was told of an action on an object.</summary>
    internal Task<int> Decisions(string action, Guid objectId)
    {
        var (name, id) = ($"\"{action}\"", $"\"{objectId}\"");
        return Read(async db => (await db.Outbox.AsNoTracking()
            .Where(row => row.Type == "Portal.Shared.Decisions.DecisionTaken").Select(row => row.Payload).ToListAsync())
            .Count(payload => payload.Contains(name, StringComparison.Ordinal) && payload.Contains(id, StringComparison.Ordinal)));
    }

    /// <summary>A fact of the one decision of this kind on the object, as it goes to the trail.</summary>
    internal Task<string?> FactOf(string action, Guid objectId, string fact) => Read(async db =>
        (await db.Outbox.AsNoTracking()
            .Where(row => row.Type == "Portal.Shared.Decisions.DecisionTaken").Select(row => row.Payload).ToListAsync())
        .Select(payload => JsonSerializer.Deserialize<DecisionTaken>(payload, MessageJson.Options)!)
        .Single(decision => decision.Action == action && decision.ObjectId == objectId.ToString())
        .Facts.GetValueOrDefault(fact));

    /// <summary>The fields of an edition's editing page as a browser would post them, with changes.</summary>
    internal static Dictionary<string, string> Form(Answer page, params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> form = new(StringComparer.OrdinalIgnoreCase);
        foreach (var field in page.Document.QuerySelectorAll("#edit input[name], #edit select[name], #edit textarea[name]"))
        {
            var name = field.GetAttribute("name")!;
            var type = field.GetAttribute("type");
            if (type is "file" or "search" || name.StartsWith('_') || (type is "checkbox" && !field.HasAttribute("checked")))
            {
                continue;
            }

            form[name] = field switch
            {
                AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
                AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value.TrimStart('\n'),
                _ => field.GetAttribute("value") ?? "",
            };
        }

        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    internal static string Path(Edition edition) => "/console/editions/" + edition.Id.ToString("D", CultureInfo.InvariantCulture);

    internal Task<Person> Author(string site = TestData.ProvinceKey) => Data.Staff(Role.Author, site);
}
