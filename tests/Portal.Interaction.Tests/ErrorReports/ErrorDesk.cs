using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.ErrorReports;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>A host with the desk of a city's portal, a unit below it, and a page that has an error.</summary>
public class ErrorDesk : PortalHost
{
    public const string SiteKey = "yunpu";
    public const string UnitKey = "ypjtj";

    private readonly Dictionary<string, Person> _people = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Data.Site(UnitKey, SiteKey);
    }

    internal Task<Person> Desk() => Of(SiteKey);

    internal Task<Person> Unit() => Of(UnitKey);

    /// <summary>A handler of a site that no report here goes to.</summary>
    internal Task<Person> Outsider() => Of("jyt");

    private async Task<Person> Of(string site)
    {
        if (!_people.TryGetValue(site, out var person))
        {
            person = _people[site] = await Data.Staff(Role.ErrorReportHandler, site);
        }

        return person;
    }

    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    internal WorkingCalendar Calendar => Services.GetRequiredService<ICalendars>().For(Site(SiteKey));

    /// <summary>Moves the clock to ten o'clock of a working day so many working days on.</summary>
    internal void GoOn(int workdays)
    {
        var to = BeijingTime.StartOf(Calendar.AddWorkdays(Today, workdays)).AddHours(10);
        if (to > Clock.GetUtcNow())
        {
            Clock.SetUtcNow(to);
        }
    }

    internal Task<T> Read<T>(Func<InteractionDbContext, Task<T>> read) => Use(read);

    internal Task<ErrorReport> Find(string number) => Read(db => db.ErrorReports.AsNoTracking().SingleAsync(row => row.Number == number));

    internal Task<ErrorReport> Find(Guid id) => Read(db => db.ErrorReports.AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>Publishes a notice on the city's portal, or a new edition of one; answers its document and path.</summary>
    internal Task<(Guid Id, string Path)> Publish(string title, Guid? document = null) => Use<IServiceProvider, (Guid, string)>(async services =>
    {
        var db = services.GetRequiredService<PublishingDbContext>();
        var now = Clock.GetUtcNow();
        var site = Site(SiteKey).Id;
        var channel = await db.Channels.SingleOrDefaultAsync(row => row.SiteId == site && row.Path == "gonggao");
        if (channel is null)
        {
            var own = Guid.CreateVersion7(now);
            channel = new Channel
            {
                Id = own,
                SiteId = site,
                Lineage = [own],
                Slug = "gonggao",
                Path = "gonggao",
                Name = "公告",
                Type = ChannelType.Notices,
                Description = "公告",
                Keywords = ["公告"],
                CreatedAt = now,
            };
            db.Channels.Add(channel);
            db.Paths.Add(channel.Owning());
        }

        var id = document ?? Guid.CreateVersion7(now);
        if (document is null)
        {
            db.Documents.Add(new Document { Id = id, SiteId = site, Type = "article", CreatedAt = now });
        }

        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site,
            DocumentId = id,
            Number = 1 + await db.Editions.CountAsync(row => row.DocumentId == id),
            ChannelId = channel.Id,
            Slug = "d" + id.ToString("N")[^10..],
            Title = title,
            Body = MarkdownReader.Read("正文第一段，有一个错别字。").Document!.ToJson(),
            Source = "云浦市人民政府办公室",
            CreatedAt = now,
            UpdatedAt = now,
        };
        edition.ContentHash = ContentHash.Of(edition);
        db.Editions.Add(edition);
        await ThreeReviews.Release(services, edition);
        return (id, channel.Path + "/" + edition.Slug);
    });

    internal async Task<Dictionary<string, string>> OpenForm(Browser browser, string query = "?page=/", params (string Name, string Value)[] changes)
    {
        var page = await browser.Get("/error-reports/new" + query);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["Kind"] = "Text",
            ["Problem"] = "这里有错别字，请改正。" + Guid.CreateVersion7().ToString("N")[^8..],
        };
        foreach (var name in new[] { "FormToken", "Page", "Document", "Edition", "Prefix", "Suffix" })
        {
            form[name] = page.Document.QuerySelector($"input[name={name}]")!.GetAttribute("value") ?? "";
        }

        form["Quote"] = page.Document.QuerySelector("#Quote")!.TextContent;
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    /// <summary>Opens the form, waits as a person does, and sends it.</summary>
    internal async Task<Answer> Submit(string query = "?page=/", params (string Name, string Value)[] changes)
    {
        var browser = Visitor(SiteKey);
        return await browser.PostRaw("/error-reports/new", await OpenForm(browser, query, changes));
    }

    /// <summary>Number and code of a receipt.</summary>
    internal static (string Number, string Code) Receipt(Answer answer)
    {
        Assert.Equal(200, (int)answer.Status);
        var codes = answer.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent).ToList();
        Assert.Equal(2, codes.Count);
        return (codes[0], codes[1]);
    }

    internal Task<Answer> Follow((string Number, string Code) receipt, string site = SiteKey) => Visitor(site).Post(
        "/error-reports/follow", new() { ["Number"] = receipt.Number, ["Code"] = receipt.Code });

    /// <summary>A report of its own, brought to a state by the people who would do so.</summary>
    internal async Task<Guid> Driven(ErrorState state)
    {
        var document = (await Publish("公告" + Guid.CreateVersion7().ToString("N")[^6..])).Path;
        var id = (await Find(Receipt(await Submit("?page=/" + document)).Number)).Id;
        ErrorTrigger[] handling = [ErrorTrigger.Forward, ErrorTrigger.TakeOn];
        ErrorTrigger[] steps = state switch
        {
            ErrorState.Submitted => [],
            ErrorState.Forwarded => handling[..1],
            ErrorState.Returned => [ErrorTrigger.Forward, ErrorTrigger.Return],
            ErrorState.Handling => handling,
            ErrorState.Correcting => [.. handling, ErrorTrigger.AwaitEdition],
            ErrorState.Answered => [.. handling, ErrorTrigger.Answer],
            ErrorState.Closed => [.. handling, ErrorTrigger.Answer, ErrorTrigger.Close],
            ErrorState.Joined => [ErrorTrigger.Join],
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
        foreach (var trigger in steps)
        {
            await Take(id, trigger);
        }

        Assert.Equal(state, (await Find(id)).State);
        return id;
    }

    /// <summary>Takes a step as the one who may, without the form.</summary>
    internal async Task Take(Guid id, ErrorTrigger trigger)
    {
        var who = ErrorReportFlow.Find((await Find(id)).State, trigger)!.Who;
        var actor = (await (who.HasFlag(ErrorParty.Unit) ? Unit() : Desk())).Actor;
        var input = await Input(trigger);
        await Use<IServiceProvider>(async services =>
        {
            var writer = services.GetRequiredService<ErrorReportWriter>();
            var taken = await writer.TakeAsync((await writer.FindAsync(id, default))!, input, who, actor, default);
            Assert.True(taken.Succeeded, $"{trigger}: {string.Join(' ', taken.Failure?.Errors.Select(error => error.Message) ?? [])}");
            await services.GetRequiredService<InteractionDbContext>().SaveChangesAsync();
        });
    }

    /// <summary>What a step asks for, filled in.</summary>
    internal async Task<ErrorInput> Input(ErrorTrigger trigger) => new()
    {
        Trigger = trigger,
        Note = "说明情况。",
        UnitSiteId = Site(UnitKey).Id,
        Result = ErrorResult.Corrected,
        Text = "您反映的问题属实，已经更正，感谢您的支持。",
        Into = trigger == ErrorTrigger.Join ? Receipt(await Submit()).Number : "",
        Sure = trigger == ErrorTrigger.Join,
    };

    internal async Task<Dictionary<string, string>> Form(ErrorTrigger trigger, int version)
    {
        var input = await Input(trigger);
        return new()
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = version.ToString(CultureInfo.InvariantCulture),
            ["Note"] = input.Note,
            ["UnitSiteId"] = input.UnitSiteId.ToString()!,
            ["Result"] = input.Result.ToString()!,
            ["Text"] = input.Text,
            ["Into"] = input.Into,
            ["Sure"] = input.Sure ? "true" : "",
        };
    }

    /// <summary>A session of now: time moves on in these tests, and sessions end.</summary>
    internal Task<Browser> As(Person person) => SignInAs(person, again: true);

    /// <summary>Takes a step through the page's form, all of it filled in but for what is given.</summary>
    internal async Task<Answer> Step(Person person, Guid id, ErrorTrigger trigger, params (string Name, string Value)[] fields)
    {
        var form = await Form(trigger, (await Find(id)).Version);
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post($"/console/error-reports/{id}/steps", form, "/console/account/password");
    }
}
