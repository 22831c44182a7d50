using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>
/// A host with a mailbox on a city's portal, its office, a unit below that answers, one that helps, and one that has
/// nothing to do with either.
/// </summary>
public class LetterDesk : PortalHost
{
    public const string SiteKey = "yunpu";
    public const string UnitKey = "ypjtj";
    public const string HelperKey = "ypghj";
    public const string Writer = "欧阳不在册";
    public const string Phone = "13800009876";
    public const string MailboxKey = "shizhang";

    private readonly Dictionary<(Role, string), Person> _people = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Data.Site(UnitKey, SiteKey);
        await Data.Site(HelperKey, SiteKey);
        await Use<InteractionDbContext>(async db =>
        {
            db.Mailboxes.Add(new Mailbox
            {
                Id = Guid.CreateVersion7(Clock.GetUtcNow()),
                SiteId = Site(SiteKey).Id,
                Key = MailboxKey,
                Name = "市长信箱",
                Holder = "云浦市市长",
                Keeper = "市政府办公室信息科",
                Introduction = "受理对政府工作的意见、建议。",
            });
            await db.SaveChangesAsync();
        });
    }

    internal Task<Person> Officer() => Of(Role.LetterOfficer, SiteKey);

    internal Task<Person> Handler() => Of(Role.LetterHandler, UnitKey);

    internal Task<Person> Helper() => Of(Role.LetterHandler, HelperKey);

    internal Task<Person> Head() => Of(Role.LetterHead, UnitKey);

    /// <summary>A handler of a unit that no letter here goes to.</summary>
    internal Task<Person> Outsider() => Of(Role.LetterHandler, "jyt");

    private async Task<Person> Of(Role role, string site)
    {
        if (!_people.TryGetValue((role, site), out var person))
        {
            person = _people[(role, site)] = await Data.Staff(role, site);
        }

        return person;
    }

    internal Guid UnitId => Site(UnitKey).Id;

    internal Guid HelperId => Site(HelperKey).Id;

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

    internal Task<Letter> Find(Guid id) => Read(db => db.Letters.AsNoTracking().SingleAsync(row => row.Id == id));

    internal Task<LetterCase> Case(Guid id) => Use<LetterWriter, LetterCase>(async writer =>
        (await writer.FindAsync(id, CancellationToken.None))!);

    /// <summary>A letter that came by telephone, with a text of its own.</summary>
    internal async Task<Letter> Registered(LetterFields? fields = null)
    {
        var officer = await Officer();
        return await Use<IServiceProvider, Letter>(async services =>
        {
            var db = services.GetRequiredService<InteractionDbContext>();
            var forms = services.GetRequiredService<LetterForms>();
            var mailbox = await db.Mailboxes.AsNoTracking().SingleAsync(row => row.Key == MailboxKey && row.SiteId == Site(SiteKey).Id);
            var receipt = await services.GetRequiredService<LetterIntake>().TakeAsync(
                fields ?? Fields(), forms.ReadForm(forms.NewForm())!, [], mailbox, LetterChannel.Phone, Today, null, officer.Actor,
                CancellationToken.None);
            return await db.Letters.AsNoTracking().SingleAsync(row => row.Id == receipt.Id);
        });
    }

    internal static LetterFields Fields(LetterKind kind = LetterKind.Suggestion, string title = "增加公交班次") => new()
    {
        Mailbox = MailboxKey,
        Kind = kind,
        Name = Writer,
        Phone = Phone,
        Title = title,
        Text = $"希望虚拟路早高峰增加公交班次。{Guid.CreateVersion7():N}",
    };

    /// <summary>A letter brought to a state by the people who would do so.</summary>
    internal async Task<Guid> Driven(LetterState state, LetterKind kind = LetterKind.Suggestion, LetterFields? fields = null, string? reply = null)
    {
        var id = (await Registered(fields ?? Fields(kind))).Id;
        LetterTrigger[] handling = [LetterTrigger.Accept, LetterTrigger.Dispatch, LetterTrigger.TakeOn];
        LetterTrigger[] replied = [.. handling, LetterTrigger.Draft, LetterTrigger.SubmitReply, LetterTrigger.ApproveReply];
        LetterTrigger[] steps = state switch
        {
            LetterState.Submitted => [],
            LetterState.Accepted => [LetterTrigger.Accept],
            LetterState.NotAccepted => [LetterTrigger.Decline],
            LetterState.Merged => [LetterTrigger.Merge],
            LetterState.Dispatched => handling[..2],
            LetterState.Returned => [.. handling[..2], LetterTrigger.Return],
            LetterState.Handling => handling,
            LetterState.Supplementing => [.. handling, LetterTrigger.AskSupplement],
            LetterState.Drafted => replied[..4],
            LetterState.Reviewing => replied[..5],
            LetterState.Replied => replied,
            LetterState.Rated => [.. replied, LetterTrigger.Rate],
            LetterState.Closed => [.. replied, LetterTrigger.Close],
            LetterState.Withdrawn => [LetterTrigger.Withdraw],
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
        foreach (var trigger in steps)
        {
            await Take(id, trigger, trigger == LetterTrigger.Draft ? reply : null);
        }

        Assert.Equal(state, (await Find(id)).State);
        return id;
    }

    /// <summary>Takes a step as the one who may, without the form.</summary>
    internal async Task Take(Guid id, LetterTrigger trigger, string? text = null)
    {
        var who = LetterFlow.Steps.First(step => step.Trigger == trigger).Who;
        var actor = who.HasFlag(LetterParty.Writer) ? null
            : who.HasFlag(LetterParty.Office) ? (await Officer()).Actor
            : who.HasFlag(LetterParty.Helper) ? (await Helper()).Actor
            : who.HasFlag(LetterParty.Head) ? (await Head()).Actor
            : (await Handler()).Actor;
        var input = await Input(trigger);
        input = text is null ? input : input with { Text = text };
        await Use<IServiceProvider>(async services =>
        {
            var writer = services.GetRequiredService<LetterWriter>();
            var found = (await writer.FindAsync(id, CancellationToken.None))!;
            var taken = await writer.TakeAsync(found, input, who, actor, CancellationToken.None);
            Assert.True(taken.Succeeded, $"{trigger}: {taken.Failure?.Kind} {string.Join(' ', taken.Failure?.Errors.Select(error => error.Message) ?? [])}");
            await services.GetRequiredService<InteractionDbContext>().SaveChangesAsync();
        });
    }

    /// <summary>What a step asks for, filled in.</summary>
    internal async Task<LetterInput> Input(LetterTrigger trigger) => new()
    {
        Trigger = trigger,
        Note = "说明情况。",
        Text = "感谢来信。经研究，自下月起早高峰增加两个班次，并在站点公示新的时刻表，请留意。",
        Days = 5,
        Reason = DeclineReason.NotResponsible,
        Into = trigger == LetterTrigger.Merge ? (await Registered()).Number : "",
        LeadSiteId = UnitId,
        HelperSiteIds = [HelperId],
        Outcome = ReplyOutcome.Adopted,
        Rating = 4,
    };

    /// <summary>The same as the fields of a form.</summary>
    internal async Task<Dictionary<string, string>> Form(LetterTrigger trigger, int version)
    {
        var input = await Input(trigger);
        return new()
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = version.ToString(CultureInfo.InvariantCulture),
            ["Note"] = input.Note,
            ["Text"] = input.Text,
            ["Days"] = input.Days.ToString(CultureInfo.InvariantCulture),
            ["Reason"] = input.Reason.ToString()!,
            ["Into"] = input.Into,
            ["LeadSiteId"] = input.LeadSiteId.ToString()!,
            ["HelperSiteIds"] = input.HelperSiteIds[0].ToString(),
            ["Outcome"] = input.Outcome.ToString()!,
            ["Rating"] = input.Rating.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A session of now: time moves on in these tests, and sessions end.</summary>
    internal Task<Browser> As(Person person) => SignInAs(person, again: true);

    /// <summary>Takes a step through the page's form, all of it filled in but for what is given.</summary>
    internal async Task<Answer> Step(Person person, Guid id, LetterTrigger trigger, params (string Name, string Value)[] fields)
    {
        var form = await Form(trigger, (await Find(id)).Version);
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await (await As(person)).Post($"/console/letters/{id}/steps", form, "/console/account/password");
    }

    /// <summary>Takes a step that must succeed.</summary>
    internal async Task<Letter> Taken(Person person, Guid id, LetterTrigger trigger, params (string Name, string Value)[] fields)
    {
        var answer = await Step(person, id, trigger, fields);
        Assert.True((int)answer.Status == 302, $"{trigger}: {(int)answer.Status} {string.Join(' ', answer.Errors)}");
        return await Find(id);
    }
}
