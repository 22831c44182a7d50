using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.HotTopics;
using Portal.Interaction.Tests.Announcements;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.HotTopics;

/// <summary>A host with the officer of a city, a unit below it, and what they do with hot topics.</summary>
public class TopicRoom : PortalHost
{
    public const string SiteKey = "yunpu";
    public const string UnitKey = "ypjtj";

    private readonly Dictionary<string, Person> _people = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Data.Site(UnitKey, SiteKey);
        await this.InteractionChannel(SiteKey);
    }

    internal Task<Person> Desk() => Of(SiteKey);

    internal Task<Person> Unit() => Of(UnitKey);

    /// <summary>An officer of a site that no topic here goes to.</summary>
    internal Task<Person> Outsider() => Of("jyt");

    private async Task<Person> Of(string site)
    {
        if (!_people.TryGetValue(site, out var person))
        {
            person = _people[site] = await Data.Staff(Role.OpinionOfficer, site);
        }

        return person;
    }

    internal Task<T> Read<T>(Func<InteractionDbContext, Task<T>> read) => Use(read);

    internal Task<HotTopic> Find(Guid id) => Read(db => db.HotTopics.AsNoTracking().SingleAsync(row => row.Id == id));

    internal Task<List<TopicStep>> Steps(Guid id) =>
        Read(db => db.TopicSteps.AsNoTracking().Where(row => row.TopicId == id).OrderBy(row => row.Sequence).ToListAsync());

    /// <summary>A session of now: time moves on in these tests, and sessions end.</summary>
    internal Task<Browser> As(Person person) => SignInAs(person, again: true);

    /// <summary>Enters a topic by the form; answers its identity.</summary>
    internal async Task<Guid> Open(string? title = null, DateTimeOffset? noticedAt = null)
    {
        title ??= "关于供水的传闻" + Guid.CreateVersion7().ToString("N")[^6..];
        var answer = await Register(await Desk(), ("Title", title), ("NoticedAt", Typed(noticedAt ?? Clock.GetUtcNow())));
        Assert.Equal(302, (int)answer.Status);
        return await Read(db => db.HotTopics.Where(row => row.Title == title).Select(row => row.Id).SingleAsync());
    }

    internal async Task<Answer> Register(Person person, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["SiteId"] = Site(SiteKey).Id.ToString(),
            ["Title"] = "城区供水有没有问题",
            ["Concern"] = "多个小区反映自来水发黄。",
            ["NoticedAt"] = Typed(Clock.GetUtcNow()),
            ["Reference"] = "https://bbs.example.net/t/1024",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post("/console/hot-topics/new", form, "/console/account/password");
    }

    internal static string Typed(DateTimeOffset at) => BeijingTime.In(at).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A topic of its own, brought to a state by the people who would do so.</summary>
    internal async Task<Guid> Driven(TopicState state, TopicSeverity severity = TopicSeverity.Other)
    {
        var id = await Open();
        TopicTrigger[] handling = [TopicTrigger.Assess, TopicTrigger.Assign, TopicTrigger.TakeOn];
        TopicTrigger[] steps = state switch
        {
            TopicState.Registered => [],
            TopicState.Assessed => handling[..1],
            TopicState.Assigned => handling[..2],
            TopicState.Merged => [TopicTrigger.Merge],
            _ => handling,
        };
        foreach (var trigger in steps)
        {
            await Take(id, trigger, severity);
        }

        if (state >= TopicState.Responded && state != TopicState.Merged)
        {
            var (_, path) = await Publish("关于供水情况的通报");
            await Respond(id, path);
            TopicTrigger[] after = state switch
            {
                TopicState.Evaluated => [TopicTrigger.Evaluate],
                TopicState.Closed => [TopicTrigger.Evaluate, TopicTrigger.Close],
                _ => [],
            };
            foreach (var trigger in after)
            {
                await Take(id, trigger, severity);
            }
        }

        Assert.Equal(state, (await Find(id)).State);
        return id;
    }

    private async Task Take(Guid id, TopicTrigger trigger, TopicSeverity severity)
    {
        var who = TopicFlow.Find((await Find(id)).State, trigger)!.Who;
        var answer = await Step(await (who.HasFlag(TopicParty.Unit) ? Unit() : Desk()), id, trigger, ("Severity", severity.ToString()));
        Assert.True((int)answer.Status == 302, $"{trigger}: {string.Join(' ', answer.Errors)}");
    }

    /// <summary>Takes a step through the page's form, all of it filled in but for what is given.</summary>
    internal async Task<Answer> Step(Person person, Guid id, TopicTrigger trigger, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture),
            ["Note"] = "情况说明：已经联系有关单位核实。",
            ["Severity"] = nameof(TopicSeverity.Other),
            ["Need"] = nameof(TopicNeed.Respond),
            ["UnitSiteId"] = Site(UnitKey).Id.ToString(),
        };
        if (trigger == TopicTrigger.Merge)
        {
            form["Into"] = (await Find(await Open())).Number;
        }

        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post($"/console/hot-topics/{id}/steps", form, "/console/account/password");
    }

    internal async Task<Answer> Link(Person person, Guid id, string path, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture),
            ["Address"] = "http://" + Site(SiteKey).PrimaryDomain + "/" + path,
            ["Part"] = nameof(ResponsePart.Statement),
            ["Kind"] = nameof(TopicAnswerKind.Response),
            ["Rumour"] = "网传城区自来水停供三天。",
            ["Sure"] = "true",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post($"/console/hot-topics/{id}/links", form, "/console/account/password");
    }

    /// <summary>Confirms the link that waits for it.</summary>
    internal async Task<Answer> Confirm(Person person, Guid id)
    {
        var response = await Read(db => db.TopicResponses.Where(row => row.TopicId == id && row.Written == null)
            .OrderByDescending(row => row.AddedAt).Select(row => row.Id).FirstAsync());
        return await (await As(person)).Post(
            $"/console/hot-topics/{id}/links/confirm",
            new() { ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture), ["ResponseId"] = response.ToString() },
            "/console/account/password");
    }

    /// <summary>The unit names a public document as the answer, and the desk confirms it.</summary>
    internal async Task Respond(Guid id, string path, params (string Name, string Value)[] fields)
    {
        Assert.Equal(302, (int)(await Link(await Unit(), id, path, fields)).Status);
        Assert.Equal(302, (int)(await Confirm(await Desk(), id)).Status);
    }

    /// <summary>Adds another source, as noticed when the topic was.</summary>
    internal async Task<Answer> Join(Guid id, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["NoticedAt"] = Typed((await Find(id)).NoticedAt),
            ["Reference"] = "https://news.example.net/1",
            ["Note"] = "网民留言反映。",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(await Desk())).Post($"/console/hot-topics/{id}/sources", form, "/console/account/password");
    }

    /// <summary>Retracts the source that noticed it first, or last.</summary>
    internal async Task<Answer> Retract(Guid id, bool first, string note)
    {
        var sources = await Read(db => db.TopicSources.Where(row => row.TopicId == id && row.RetractedAt == null)
            .OrderBy(row => row.NoticedAt).Select(row => row.Id).ToListAsync());
        return await (await As(await Desk())).Post(
            $"/console/hot-topics/{id}/sources/retract",
            new()
            {
                ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture),
                ["SourceId"] = (first ? sources[0] : sources[^1]).ToString(),
                ["Note"] = note,
            },
            "/console/account/password");
    }

    /// <summary>Takes back the last link.</summary>
    internal async Task<Answer> Unlink(Person person, Guid id, string note)
    {
        var response = await Read(db => db.TopicResponses.Where(row => row.TopicId == id && row.Written == null)
            .OrderByDescending(row => row.AddedAt).Select(row => row.Id).FirstAsync());
        return await (await As(person)).Post(
            $"/console/hot-topics/{id}/links/remove",
            new()
            {
                ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture),
                ["ResponseId"] = response.ToString(),
                ["Note"] = note,
            },
            "/console/account/password");
    }

    internal async Task<Answer> Write(Person person, Guid id, ResponsePart part, params (string Name, string Value)[] fields)
    {
        var version = await Read(db => db.TopicResponses.Where(row => row.TopicId == id && row.Part == part && row.Written != null)
            .Select(row => row.Version).SingleOrDefaultAsync());
        Dictionary<string, string> form = new()
        {
            ["Version"] = version.ToString(CultureInfo.InvariantCulture),
            ["Kind"] = nameof(TopicAnswerKind.Response),
            ["Title"] = "关于城区供水情况的回应",
            ["Question"] = "网民反映自来水发黄，是否可以饮用。",
            ["Facts"] = "经检测，出厂水和管网水三十九项指标全部合格。个别小区水色发黄是管网冲洗所致，今日十二时前恢复。",
            ["Evidence"] = "市疾病预防控制中心水质检测报告。",
            ["Authority"] = "云浦市住房和城乡建设局",
            ["Policies"] = "",
            ["Act"] = "Submit",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post($"/console/hot-topics/{id}/responses/{part}", form, "/console/account/password");
    }

    internal Task<Guid> Written(Guid id, ResponsePart part) => Read(db => db.TopicResponses
        .Where(row => row.TopicId == id && row.Part == part && row.Written != null).Select(row => row.Id).SingleAsync());

    /// <summary>Three people approve what was written, and the public has it.</summary>
    internal async Task Release(Guid id, ResponsePart part, AnnouncementKind kind = AnnouncementKind.HotTopicResponse) =>
        await this.Announce(kind, await Written(id, part));

    /// <summary>Publishes a notice on the city's portal; answers its document and path.</summary>
    internal Task<(Guid Id, string Path)> Publish(string title) => Use<IServiceProvider, (Guid, string)>(async services =>
    {
        var db = services.GetRequiredService<PublishingDbContext>();
        var now = Clock.GetUtcNow();
        var site = Site(SiteKey).Id;
        var channel = await db.Channels.FirstAsync(row => row.SiteId == site && row.Type == ChannelType.Interaction);
        var id = Guid.CreateVersion7(now);
        db.Documents.Add(new Document { Id = id, SiteId = site, Type = "article", CreatedAt = now });
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site,
            DocumentId = id,
            Number = 1,
            ChannelId = channel.Id,
            Slug = "d" + id.ToString("N")[^10..],
            Title = title,
            Body = MarkdownReader.Read("正文第一段。").Document!.ToJson(),
            Source = "云浦市人民政府办公室",
            CreatedAt = now,
            UpdatedAt = now,
        };
        edition.ContentHash = ContentHash.Of(edition);
        db.Editions.Add(edition);
        await ThreeReviews.Release(services, edition);
        return (id, channel.Path + "/" + edition.Slug);
    });

    /// <summary>Takes a document away in public, and tells so; or brings it back.</summary>
    internal async Task Change(Guid documentId, UnpublishingKind? unpublishing)
    {
        await Use<IServiceProvider>(async services =>
        {
            var now = Clock.GetUtcNow();
            var db = services.GetRequiredService<PublishingDbContext>();
            var live = await db.Editions.AsNoTracking().Where(row => row.DocumentId == documentId).OrderByDescending(row => row.Number).FirstAsync();
            var next = new Edition
            {
                Id = Guid.CreateVersion7(now),
                SiteId = live.SiteId,
                DocumentId = documentId,
                Language = live.Language,
                Number = live.Number + 1,
                State = EditionState.AwaitingRelease,
                ChannelId = live.ChannelId,
                Slug = live.Slug,
                Title = live.Title,
                Source = live.Source,
                Body = live.Body,
                BasedOn = live.Id,
                CreatedAt = now,
                Unpublishing = unpublishing,
                UnpublishingReason = unpublishing is null ? null : "内容有误。",
            };
            next.ContentHash = ContentHash.Of(next);
            db.Editions.Add(next);
            await ThreeReviews.Release(services, next);
        });
        await DrainOutbox();
    }
}
