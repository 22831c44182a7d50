using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Interviews;
using Portal.Interaction.Letters;
using Portal.Interaction.Tests.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>A host with a city that holds interviews, an editor of it and one of another site.</summary>
public class Studio : PortalHost
{
    public const string SiteKey = "yunpu";

    /// <summary>A number of nobody's, with a right check character.</summary>
    public const string IdNumber = "990102199001011237";

    private readonly Dictionary<(Role, string), Person> _people = [];
    private int _count;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.InteractionChannel(SiteKey);
        await Use<InteractionDbContext>(async db =>
        {
            db.Mailboxes.Add(new Mailbox { Id = Guid.CreateVersion7(), SiteId = Site(SiteKey).Id, Key = "mayor", Name = "市长信箱" });
            await db.SaveChangesAsync();
        });
    }

    internal Task<Person> Editor() => Of(Role.InteractionEditor, SiteKey);

    internal Task<Person> Outsider() => Of(Role.InteractionEditor, "jyt");

    internal async Task<Person> Of(Role role, string site)
    {
        if (!_people.TryGetValue((role, site), out var person))
        {
            person = _people[(role, site)] = await Data.Staff(role, site);
        }

        return person;
    }

    /// <summary>A session of now: time moves on in these tests, and sessions end.</summary>
    internal Task<Browser> As(Person person) => SignInAs(person, again: true);

    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    internal WorkingCalendar Calendar => Services.GetRequiredService<ICalendars>().For(Site(SiteKey));

    internal Task<T> Read<T>(Func<InteractionDbContext, Task<T>> read) => Use(read);

    internal Task<Interview> Find(Guid id) => Read(db => db.Interviews.AsNoTracking().SingleAsync(row => row.Id == id));

    internal Task<InterviewCase> Case(Guid id) => Use<InterviewWriter, InterviewCase>(async writer =>
        (await writer.FindAsync(id, CancellationToken.None))!);

    /// <summary>An interview in twenty minutes, and why it was announced so late.</summary>
    internal async Task<Interview> Plan(Action<Interview>? change = null)
    {
        var editor = await Editor();
        var number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        return await Use<IServiceProvider, Interview>(async services =>
        {
            var db = services.GetRequiredService<InteractionDbContext>();
            var interview = new Interview
            {
                Id = Guid.CreateVersion7(Clock.GetUtcNow()),
                SiteId = Site(SiteKey).Id,
                Key = "talk-" + number,
                Topic = $"第{number}期：虚构的老年助餐怎么办",
                Summary = "介绍虚构市老年助餐点的布局、补贴和申请办法，回答网友提问。",
                Guests =
                [
                    new InterviewGuest { Name = "闻人甲", Unit = "云浦市民政局", Position = "副局长" },
                    new InterviewGuest { Name = "慕容乙", Unit = "岚桥区社区助餐点", Position = "负责人" },
                ],
                Host = "主持人丙",
                Place = "市政府新闻发布厅",
                StartsAt = Clock.GetUtcNow().AddMinutes(20),
                NoticeReason = "因突发情况需要尽快回应公众关切。",
                Version = 1,
            };
            change?.Invoke(interview);
            InterviewGrams.Set(interview);
            services.GetRequiredService<InterviewWriter>().Open(interview, editor.Actor);
            await db.SaveChangesAsync();
            return interview;
        });
    }

    /// <summary>An interview brought to a state past every page, by those who would do so.</summary>
    internal async Task<Guid> Driven(InterviewState state, Action<Interview>? change = null)
    {
        var id = (await Plan(change)).Id;
        InterviewTrigger[] announced = [InterviewTrigger.SubmitAnnouncement, InterviewTrigger.Announce];
        InterviewTrigger[] ended = [.. announced, InterviewTrigger.OpenQuestions, InterviewTrigger.Start, InterviewTrigger.End];
        InterviewTrigger[] steps = state switch
        {
            InterviewState.Planned => [],
            InterviewState.AnnouncementUnderReview => announced[..1],
            InterviewState.Announced => announced,
            InterviewState.CollectingQuestions => [.. announced, InterviewTrigger.OpenQuestions],
            InterviewState.Live => ended[..^1],
            InterviewState.Ended => ended,
            InterviewState.TranscriptUnderReview => [.. ended, InterviewTrigger.SubmitTranscript],
            InterviewState.Published => [.. ended, InterviewTrigger.SubmitTranscript, InterviewTrigger.Publish],
            InterviewState.Postponed => [.. announced, InterviewTrigger.Postpone],
            InterviewState.Cancelled => [.. announced, InterviewTrigger.Cancel],
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
        foreach (var trigger in steps)
        {
            if (trigger == InterviewTrigger.End)
            {
                await Say(id, "host", "各位网友好，访谈现在开始。");
            }

            await Take(id, trigger);
        }

        Assert.Equal(state, (await Find(id)).State);
        return id;
    }

    /// <summary>Takes a step as the one who may, without the form; reviews are left out where nothing asks for them.</summary>
    internal async Task Take(Guid id, InterviewTrigger trigger, InterviewInput? input = null)
    {
        var editor = (await Editor()).Actor;
        input ??= await Input(id, trigger);
        await Use<IServiceProvider>(async services =>
        {
            var writer = services.GetRequiredService<InterviewWriter>();
            var db = services.GetRequiredService<InteractionDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var party = InterviewFlow.Steps.First(step => step.Trigger == trigger).Who;
            var taken = await writer.TakeAsync(
                (await writer.FindAsync(id, CancellationToken.None))!, input, party, party.HasFlag(InterviewParty.Editor) ? editor : null,
                CancellationToken.None);
            Assert.True(taken.Succeeded, $"{trigger}: {string.Join(' ', taken.Failure?.Errors.Select(error => error.Message) ?? [])}");
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            await writer.EvictAsync((await db.Interviews.FindAsync(id))!, CancellationToken.None);
        });
    }

    /// <summary>What a step asks for, filled in.</summary>
    internal async Task<InterviewInput> Input(Guid id, InterviewTrigger trigger)
    {
        var interview = await Find(id);
        var later = BeijingTime.In(interview.StartsAt).AddDays(2);
        return new InterviewInput
        {
            Trigger = trigger,
            Version = interview.Version,
            Reason = "嘉宾临时有公务，向各位网友致歉。",
            Day = later.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Time = later.ToString("HH:mm", CultureInfo.InvariantCulture),
            Digest = "访谈介绍了助餐点的布局和补贴办法，回答了网友关心的配送、价格和食品安全问题。",
            Sure = true,
            MailboxId = await Read(db => db.Mailboxes.Where(row => row.SiteId == interview.SiteId).Select(row => row.Id).FirstAsync()),
        };
    }

    /// <summary>The same as the fields of a form.</summary>
    internal async Task<Dictionary<string, string>> Form(Guid id, InterviewTrigger trigger, params (string Name, string Value)[] changes)
    {
        var input = await Input(id, trigger);
        Dictionary<string, string> form = new()
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = input.Version.ToString(CultureInfo.InvariantCulture),
            ["Reason"] = input.Reason,
            ["Day"] = input.Day,
            ["Time"] = input.Time,
            ["Digest"] = input.Digest,
            ["MailboxId"] = input.MailboxId.ToString()!,
            ["Sure"] = "true",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    /// <summary>Takes a step through the page's form.</summary>
    internal async Task<Answer> Step(Person person, Guid id, InterviewTrigger trigger, params (string Name, string Value)[] changes)
    {
        var browser = await As(person);
        var form = await Form(id, trigger, changes);
        form["_token"] = (await browser.Get("/console/account/password")).Token!;
        return await browser.PostRaw($"/console/interviews/{id}/steps", form);
    }

    /// <summary>Says something past the page.</summary>
    internal async Task<int> Say(Guid id, string speaker, string text, int replaces = 0, Guid? question = null)
    {
        var editor = (await Editor()).Actor;
        return await Use<IServiceProvider, int>(async services =>
        {
            var interview = await services.GetRequiredService<InteractionDbContext>().Interviews.AsNoTracking().SingleAsync(row => row.Id == id);
            var said = await services.GetRequiredService<InterviewStage>().SayAsync(
                interview,
                new UtteranceInput { FormId = Guid.CreateVersion7().ToString("N"), Speaker = speaker, Text = text, Replaces = replaces, QuestionId = question },
                editor, CancellationToken.None);
            Assert.True(said.Succeeded, string.Join(' ', said.Failure?.Errors.Select(error => error.Message) ?? []));
            await services.GetRequiredService<InterviewWriter>().EvictAsync(interview, CancellationToken.None);
            return said.Value;
        });
    }

    /// <summary>The form of a question, opened and filled in.</summary>
    internal async Task<Dictionary<string, string>> OpenForm(Browser browser, string key, params (string Name, string Value)[] changes)
    {
        var page = await browser.Get($"/interviews/{key}/questions/new");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Name"] = "王先生",
            ["Text"] = "助餐点什么时候能送餐上门？" + Guid.CreateVersion7().ToString("N")[^12..],
            ["WantsAnswer"] = "true",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    /// <summary>Asks as a person does.</summary>
    internal async Task<Answer> Ask(Browser browser, string key, params (string Name, string Value)[] changes) =>
        await browser.PostRaw($"/interviews/{key}/questions/new", await OpenForm(browser, key, changes));

    /// <summary>Number and code of a receipt.</summary>
    internal static (string Number, string Code) Receipt(Answer answer)
    {
        var codes = answer.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent).ToList();
        Assert.Equal(2, codes.Count);
        return (codes[0], codes[1]);
    }

    internal static Task<Answer> Follow(Browser browser, string number, string code) => browser.Post(
        "/interviews/questions/follow", new() { ["Number"] = number, ["Code"] = code });

    internal Task<InterviewQuestion> Question(string number) =>
        Read(db => db.InterviewQuestions.AsNoTracking().SingleAsync(row => row.Number == number));

    /// <summary>Does something to a question through the queue's form.</summary>
    internal async Task<Answer> Moderate(Person person, string number, string trigger, params (string Name, string Value)[] changes)
    {
        var question = await Question(number);
        var browser = await As(person);
        Dictionary<string, string> form = new()
        {
            ["_token"] = (await browser.Get("/console/account/password")).Token!,
            ["QuestionId"] = question.Id.ToString(),
            ["Version"] = question.Version.ToString(CultureInfo.InvariantCulture),
            ["State"] = question.State.ToString(),
            ["Trigger"] = trigger,
            ["Name"] = "王先生",
            ["Text"] = "助餐点什么时候能送餐上门？",
            ["Reason"] = "OffTopic",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return await browser.PostRaw($"/console/interviews/{question.InterviewId}/questions", form);
    }
}
