using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Requests;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>A host with an officer and a head of the disclosure office on a site, and the forms they use.</summary>
public class RequestDesk : DisclosureHost
{
    public const string SiteKey = "yunpu";

    /// <summary>A number of nobody's, with a right check character.</summary>
    public const string IdNumber = "990102199001011237";

    // So that a test may say where it comes from.
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("Portal:KnownProxies:0", "127.0.0.1")];

    private Person? _officer;
    private Person? _head;

    internal async Task<Person> Officer() => _officer ??= await Data.Staff(Role.RequestOfficer, SiteKey);

    internal async Task<Person> Head() => _head ??= await Data.Staff(Role.RequestHead, SiteKey);

    internal static Dictionary<string, string> Form(params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> form = new()
        {
            ["ApplicantKind"] = "NaturalPerson",
            ["Name"] = "闻晓峰",
            ["Document"] = "ResidentCard",
            ["DocumentNumber"] = IdNumber,
            ["Phone"] = "13800004321",
            ["Address"] = "云岭省云浦市虚拟路100号",
            ["Title"] = "公办养老机构床位数量",
            ["Description"] = "请提供截至2026年6月的床位数。",
            ["Form"] = "Electronic",
            ["Delivery"] = "Online",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    /// <summary>Opens the form, waits as a person does, and sends it.</summary>
    internal async Task<Answer> Submit(Browser browser, params (string Name, string Value)[] changes)
    {
        var form = await OpenForm(browser, changes);
        return await browser.PostRaw("/disclosure/requests/new", form);
    }

    internal async Task<Dictionary<string, string>> OpenForm(Browser browser, params (string Name, string Value)[] changes)
    {
        var page = await browser.Get("/disclosure/requests/new");
        Clock.Advance(TimeSpan.FromSeconds(5));
        var form = Form(changes);
        form["_token"] = page.Token!;
        form["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        return form;
    }

    /// <summary>Number and code of a receipt.</summary>
    internal static (string Number, string Code) Receipt(Answer answer)
    {
        var codes = answer.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent).ToList();
        Assert.Equal(2, codes.Count);
        return (codes[0], codes[1]);
    }

    internal static Task<Answer> Follow(Browser browser, string number, string code) => browser.Post(
        "/disclosure/requests/follow", new() { ["Number"] = number, ["Code"] = code });

    /// <summary>Looks a request up from another network.</summary>
    internal async Task<Answer> FollowFrom(string address, string number, string code)
    {
        var browser = Visitor(SiteKey);
        var page = await browser.Get("/disclosure/requests/follow");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_token"] = page.Token!, ["Number"] = number, ["Code"] = code });
        return await browser.Send(HttpMethod.Post, "/disclosure/requests/follow", form, [("X-Forwarded-For", address)]);
    }

    /// <summary>Submits a request of somebody of its own.</summary>
    internal async Task<InformationRequest> Submitted(params (string Name, string Value)[] changes)
    {
        var answer = await Submit(
            Visitor(SiteKey), [("Description", "请提供资料" + Guid.CreateVersion7().ToString("N")), .. changes]);
        var (number, _) = Receipt(answer);
        return await Read(db => db.Requests.AsNoTracking()
            .SingleAsync(row => row.SiteId == Site(SiteKey).Id && row.Number == number));
    }

    internal Task<InformationRequest> Find(Guid id) => Read(db => db.Requests.AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>A session of now: time moves on in these tests, and sessions end.</summary>
    internal Task<Browser> As(Person person) => SignInAs(person, again: true);

    /// <summary>Takes a step through the page's form.</summary>
    internal async Task<Answer> Step(Person person, Guid id, RequestTrigger trigger, params (string Name, string Value)[] fields)
    {
        var browser = await As(person);
        Dictionary<string, string> form = new()
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = (await Find(id)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await browser.Post($"/console/requests/{id}/steps", form, "/console/requests/new");
    }

    /// <summary>Takes a step with a file.</summary>
    internal async Task<Answer> StepWithFile(
        Person person, Guid id, RequestTrigger trigger, string name, byte[] bytes, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        content.Add(new StringContent(trigger.ToString()), "Trigger");
        content.Add(new StringContent((await Find(id)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture)), "Version");
        foreach (var (key, value) in fields)
        {
            content.Add(new StringContent(value), key);
        }

        content.Add(new ByteArrayContent(bytes), "Files", name);
        return await (await As(person)).PostContent($"/console/requests/{id}/steps", content, "/console/requests/new");
    }

    /// <summary>Takes a step that must succeed.</summary>
    internal async Task<InformationRequest> Taken(Person person, Guid id, RequestTrigger trigger, params (string Name, string Value)[] fields)
    {
        var answer = await Step(person, id, trigger, fields);
        Assert.True((int)answer.Status == 302, $"{trigger}: {(int)answer.Status} {answer.Document.QuerySelector(".govuk-error-summary")?.TextContent}");
        return await Find(id);
    }

    internal Task<RequestCase> Case(Guid id) => Use<RequestWriter, RequestCase>(async writer =>
        (await writer.FindAsync(id, CancellationToken.None))!);

    /// <summary>The text of the last letter of a kind.</summary>
    internal Task<string> Letter(Guid id, PaperKind kind) => Use<IServiceProvider, string>(async services =>
    {
        var db = services.GetRequiredService<DisclosureDbContext>();
        var request = await db.Requests.AsNoTracking().SingleAsync(row => row.Id == id);
        var paper = await db.Papers.AsNoTracking().Where(row => row.RequestId == id && row.Kind == kind).OrderBy(row => row.Id).LastAsync();
        return RequestFiles.Read<Letter>(services.GetRequiredService<RequestKeyring>().KeyOf(request)!, paper).Text;
    });

    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    internal WorkingCalendar Calendar => Services.GetService(typeof(ICalendars)) is ICalendars calendars
        ? calendars.For(Site(SiteKey))
        : throw new InvalidOperationException();

    /// <summary>Moves the clock to ten o'clock of a working day so many working days on.</summary>
    internal void GoOn(int workdays)
    {
        var day = Calendar.AddWorkdays(Today, workdays);
        var to = BeijingTime.StartOf(day).AddHours(10);
        if (to > Clock.GetUtcNow())
        {
            Clock.SetUtcNow(to);
        }
    }
}
