using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Interaction.Consultations;
using Portal.Interaction.Tests.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Consultations;

/// <summary>A host with a site whose editors hold consultations, and the forms of those who give opinions.</summary>
public class ConsultationRoom : PortalHost
{
    public const string SiteKey = "yunpu";

    /// <summary>A number of nobody's, with a right check character.</summary>
    public const string IdNumber = "990102199001011237";

    public const string Draft = """
        第一章　总则
        第一条　为了加强城市生活垃圾管理，改善人居环境，制定本条例。
        第二条　本条例适用于本省行政区域内城市生活垃圾的投放、收集、运输和处理。
        第二章　投放
        第三条　产生生活垃圾的单位和个人应当分类投放。
        （一）可回收物；
        （二）有害垃圾。
        第四条　居住区应当设置误时投放点。
        """;

    private readonly Dictionary<(Role, string), Person> _people = [];
    private int _count;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.InteractionChannel(SiteKey);
    }

    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    internal Task<Person> Editor() => Of(Role.InteractionEditor, SiteKey);

    /// <summary>An editor of a site that has nothing to do with this one.</summary>
    internal Task<Person> Outsider() => Of(Role.InteractionEditor, "jyt");

    /// <summary>Somebody of the site with another role.</summary>
    internal Task<Person> Author() => Of(Role.Author, SiteKey);

    private async Task<Person> Of(Role role, string site)
    {
        if (!_people.TryGetValue((role, site), out var person))
        {
            person = _people[(role, site)] = await Data.Staff(role, site);
        }

        return person;
    }

    /// <summary>A session of now: time moves on in these tests, and sessions end.</summary>
    internal Task<Browser> As(Person person) => SignInAs(person, again: true);

    internal Task<T> Read<T>(Func<InteractionDbContext, Task<T>> read) => Use(read);

    internal Task<Consultation> Find(Guid id) => Read(db => db.Consultations.AsNoTracking().SingleAsync(row => row.Id == id));

    internal Task<Opinion> Opinion(string number) => Read(db => db.Opinions.AsNoTracking().SingleAsync(row => row.Number == number));

    /// <summary>Moves the clock to ten o'clock of a day.</summary>
    internal void GoTo(DateOnly day)
    {
        var to = BeijingTime.StartOf(day).AddHours(10);
        if (to > Clock.GetUtcNow())
        {
            Clock.SetUtcNow(to);
        }
    }

    internal string NextKey() => "case-" + Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);

    /// <summary>The form of a consultation that runs 30 days from today, filled in.</summary>
    internal Dictionary<string, string> Form(string key, params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> form = new()
        {
            ["Key"] = key,
            ["Title"] = "云浦市城市生活垃圾管理办法（草案征求意见稿）" + key,
            ["Kind"] = "Rule",
            ["From"] = Day(Today),
            ["To"] = Day(Today.AddDays(30)),
            ["Background"] = "现行办法已经施行八年，部分规定不适应需要。",
            ["Explanation"] = "草案共两章四条，明确分类投放的责任。",
            ["Draft"] = Draft,
            ["Unit"] = "云浦市城市管理局",
            ["Contact"] = "法规科 0990-5550000",
            ["Post"] = "云浦市虚拟路1号",
            ["Email"] = "yijian@yunpu.invalid",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A draft made through the form.</summary>
    internal async Task<Guid> Drafted(params (string Name, string Value)[] changes)
    {
        var saved = await (await As(await Editor())).Post("/console/consultations/new", Form(NextKey(), changes));
        Assert.True((int)saved.Status == 302, string.Join(' ', saved.Errors));
        return Guid.Parse(saved.Location!.Split('/')[3].Split('?')[0]);
    }

    /// <summary>Takes a step through the desk's form.</summary>
    internal async Task<Answer> Step(Person person, Guid id, ConsultationTrigger trigger, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture),
            ["To"] = Day(Today.AddDays(60)),
            [trigger + "Reason"] = "因反映集中，需要进一步听取意见。",
            ["Words"] = "本次公开征求意见，社会各界踊跃参与，意见主要集中在投放时间和点位设置两个方面。",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post($"/console/consultations/{id}/steps", form, "/console/account/password");
    }

    internal async Task Taken(Guid id, ConsultationTrigger trigger, params (string Name, string Value)[] fields)
    {
        var answer = await Step(await Editor(), id, trigger, fields);
        Assert.True((int)answer.Status == 302, $"{trigger}: {(int)answer.Status} {string.Join(' ', answer.Errors)}");
    }

    /// <summary>A consultation brought to a state by those who would do so.</summary>
    internal async Task<Guid> Driven(ConsultationState state)
    {
        var id = await Drafted();
        switch (state)
        {
            case ConsultationState.Draft:
                break;
            case ConsultationState.UnderReview:
                await Taken(id, ConsultationTrigger.Submit);
                break;
            case ConsultationState.Cancelled:
                await Open(id);
                await Taken(id, ConsultationTrigger.Cancel);
                await this.Announce(AnnouncementKind.ConsultationNotice, id);
                break;
            default:
                await Open(id);
                if (state != ConsultationState.Open)
                {
                    GoTo((await Find(id)).ClosesOn!.Value.AddDays(1));
                    await Taken(id, ConsultationTrigger.BeginHandling);
                }

                if (state is ConsultationState.ReportUnderReview or ConsultationState.Reported)
                {
                    await Taken(id, ConsultationTrigger.SubmitReport);
                }

                if (state == ConsultationState.Reported)
                {
                    await this.Announce(AnnouncementKind.ConsultationResult, id);
                }

                break;
        }

        Assert.Equal(state, (await Find(id)).State);
        return id;
    }

    internal async Task Open(Guid id)
    {
        await Taken(id, ConsultationTrigger.Submit);
        await this.Announce(AnnouncementKind.ConsultationNotice, id);
    }

    /// <summary>An open consultation and its public address.</summary>
    internal async Task<(Guid Id, string Path)> Opened()
    {
        var id = await Driven(ConsultationState.Open);
        return (id, "/consultations/" + (await Find(id)).Key);
    }

    internal async Task<Dictionary<string, string>> OpenForm(Browser browser, string path, params (string Name, string Value)[] changes)
    {
        var page = await browser.Get(path + "/opinions/new");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Clause"] = "c3",
            ["Stance"] = "Change",
            ["Name"] = "闻人慕容",
            ["Phone"] = "13800004321",
            ["Text"] = "建议延长投放时间到晚上九点。" + Guid.CreateVersion7().ToString("N"),
            ["MayDisplay"] = "true",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    /// <summary>Opens the form, waits as a person does, and sends it.</summary>
    internal async Task<Answer> Submit(Browser browser, string path, params (string Name, string Value)[] changes) =>
        await browser.PostRaw(path + "/opinions/new", await OpenForm(browser, path, changes));

    /// <summary>An opinion that was taken.</summary>
    internal async Task<Opinion> Given(string path, params (string Name, string Value)[] changes) =>
        await Opinion(Receipt(await Submit(Visitor(SiteKey), path, changes)).Number);

    /// <summary>Number and code of a receipt.</summary>
    internal static (string Number, string Code) Receipt(Answer answer)
    {
        var codes = answer.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent).ToList();
        Assert.True(codes.Count == 2, $"{(int)answer.Status} {string.Join(' ', answer.Errors)}");
        return (codes[0], codes[1]);
    }

    /// <summary>Acts on one opinion through its page.</summary>
    internal async Task<Answer> Act(Guid opinion, string act, params (string Name, string Value)[] fields)
    {
        var version = await Read(db => db.Opinions.Where(row => row.Id == opinion).Select(row => row.Version).SingleAsync());
        var browser = await As(await Editor());
        var page = await browser.Get($"/console/opinions/{opinion}");
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["Act"] = act,
            ["Version"] = version.ToString(CultureInfo.InvariantCulture),
            ["Display"] = page.Document.QuerySelector("#Display")?.TextContent ?? "",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await browser.PostRaw($"/console/opinions/{opinion}", form);
    }

    internal async Task Acted(Guid opinion, string act, params (string Name, string Value)[] fields)
    {
        var answer = await Act(opinion, act, fields);
        Assert.True((int)answer.Status == 302, $"{act}: {(int)answer.Status} {string.Join(' ', answer.Errors)}");
    }
}
