using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Announcements;
using Portal.Interaction.Surveys;
using Portal.Interaction.Surveys.MixBallots;
using Portal.Interaction.Tests.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Surveys;

/// <summary>A host with an editor of surveys, and visitors who fill them in.</summary>
public class SurveyRoom : PortalHost
{
    public const string SiteKey = "yunpu";

    /// <summary>The site whose surveys these are.</summary>
    protected virtual string Home => SiteKey;

    private int _number;
    private Person? _editor;
    private Browser? _desk;
    private DateTimeOffset _deskSince;

    /// <summary>Three sections: everybody's, one for those who use the site, and one for all again.</summary>
    internal static SurveyDefinition Definition { get; } = new()
    {
        Sections =
        [
            new SurveySection
            {
                Key = "s1",
                Title = "使用情况",
                Questions =
                [
                    One("use", "您用过本网站吗", "yes", "no"),
                    new SurveyQuestion { Key = "age", Kind = QuestionKind.Number, Title = "年龄", Minimum = 1, Maximum = 120, Unit = "岁" },
                ],
            },
            new SurveySection
            {
                Key = "s2",
                Title = "使用感受",
                ShowWhen = new SurveyRule { Conditions = [new SurveyCondition { Question = "use", Operator = ConditionOperator.IsAny, Values = ["yes"] }] },
                Questions =
                [
                    new SurveyQuestion
                    {
                        Key = "what", Kind = QuestionKind.Several, Title = "用来做什么", Required = true, Maximum = 2,
                        Options =
                        [
                            new SurveyOption { Key = "news", Label = "看新闻" }, new SurveyOption { Key = "law", Label = "查政策" },
                            new SurveyOption { Key = "other", Label = "其他", Other = true }, new SurveyOption { Key = "none", Label = "都不是", Exclusive = true },
                        ],
                    },
                    new SurveyQuestion
                    {
                        Key = "feel", Kind = QuestionKind.Matrix, Title = "评价", Options = Options("bad", "good"), Rows = Options("fast", "clear"),
                    },
                    new SurveyQuestion { Key = "rank", Kind = QuestionKind.Ranking, Title = "先改什么", Options = Options("a", "b", "c"), Maximum = 2 },
                ],
            },
            new SurveySection
            {
                Key = "s3",
                Title = "意见",
                Questions =
                [
                    new SurveyQuestion { Key = "score", Kind = QuestionKind.Rating, Title = "总体评分", Required = true, Options = Options("1", "2", "3", "4", "5") },
                    new SurveyQuestion { Key = "since", Kind = QuestionKind.Date, Title = "什么时候开始用", From = new DateOnly(2000, 1, 1) },
                    new SurveyQuestion { Key = "say", Kind = QuestionKind.LongText, Title = "您的建议", Maximum = 200 },
                ],
            },
        ],
    };

    internal static SurveyQuestion One(string key, string title, params string[] options) =>
        new() { Key = key, Kind = QuestionKind.One, Title = title, Required = true, Options = Options(options) };

    internal static IReadOnlyList<SurveyOption> Options(params string[] keys) =>
        [.. keys.Select(key => new SurveyOption { Key = key, Label = "项" + key })];

    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    internal async Task<Person> Editor() => _editor ??= await Data.Staff(Role.InteractionEditor, Home);

    /// <summary>Sessions end while time moves on.</summary>
    internal async Task<Browser> Desk()
    {
        if (_desk is null || Clock.GetUtcNow() - _deskSince > TimeSpan.FromMinutes(10))
        {
            (_desk, _deskSince) = (await SignInAs(await Editor(), again: true), Clock.GetUtcNow());
        }

        return _desk;
    }

    internal Task<T> Read<T>(Func<InteractionDbContext, Task<T>> read) => Use(read);

    /// <summary>A draft of today until ten days from now.</summary>
    internal async Task<Survey> Draft(SurveyMode mode = SurveyMode.Anonymous, SurveyDefinition? definition = null) =>
        await Read(async db =>
        {
            var now = Clock.GetUtcNow();
            var survey = new Survey
            {
                Id = Guid.CreateVersion7(now),
                SiteId = Site(Home).Id,
                Key = "survey-" + Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture),
                Title = "政府网站使用情况网上调查",
                Purpose = "了解公众使用网站的情况，改进网站。",
                Unit = "云浦市政府办公室",
                Minutes = 3,
                Mode = mode,
                OpensOn = Today,
                ClosesOn = Today.AddDays(10),
                Definition = SurveyJson.Canonical(definition ?? Definition),
                CreatedAt = now,
            };
            db.Surveys.Add(survey);
            await db.SaveChangesAsync();
            return survey;
        });

    internal Task<Survey> Find(Guid id) => Read(db => db.Surveys.AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>Takes a step through the desk's form.</summary>
    internal async Task<Answer> Step(Guid id, SurveyTrigger trigger, params (string Name, string Value)[] fields)
    {
        var desk = await Desk();
        var form = new Dictionary<string, string>
        {
            ["Trigger"] = trigger.ToString(),
            ["Version"] = (await Find(id)).Version.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await desk.Post($"/console/surveys/{id}/steps", form, "/console/account/password");
    }

    /// <summary>A survey that takes answers: through the desk and the three reviews.</summary>
    internal async Task<Survey> Open(SurveyMode mode = SurveyMode.Anonymous, SurveyDefinition? definition = null)
    {
        await this.InteractionChannel(Home);
        var draft = await Draft(mode, definition);
        var sent = await Step(draft.Id, SurveyTrigger.Submit);
        Assert.True((int)sent.Status == 302, $"{(int)sent.Status} {string.Join(' ', sent.Errors)}");
        await this.Announce(AnnouncementKind.SurveyNotice, draft.Id);
        var open = await Find(draft.Id);
        Assert.Equal(SurveyStage.Open, open.StageOf(Today));
        return open;
    }

    /// <summary>Past the last day, and what was sent is mixed.</summary>
    internal async Task Close()
    {
        Clock.Advance(TimeSpan.FromDays(12));
        await Mix();
        await Refresh();
    }

    internal Task<int> Mix() => Use<IServiceProvider, int>(services => services.GetRequiredService<MixBallots>().RunAsync(CancellationToken.None));

    internal static string PathOf(Survey survey) => $"/surveys/{survey.Key}/answer";

    /// <summary>Turns a page: with the hidden fields that it carries.</summary>
    internal static Task<Answer> Turn(Browser browser, Survey survey, Answer page, string act, params (string Name, string Value)[] fields)
    {
        List<KeyValuePair<string, string>> form = [.. page.Document.QuerySelectorAll("main form input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!)).DistinctBy(pair => pair.Key)];
        form.Add(new("Act", act));
        form.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return browser.PostRaw(PathOf(survey), form);
    }

    /// <summary>The check page of somebody who does not use the site.</summary>
    internal static async Task<Answer> Checked(Browser browser, Survey survey, Answer? first = null, string score = "4", string say = "")
    {
        var page = first ?? await browser.Get(PathOf(survey));
        page = await Turn(browser, survey, page, "next", ("q.use", "no"));
        return await Turn(browser, survey, page, "next", ("q.score", score), ("q.say", say));
    }

    internal static bool IsDone(Answer answer) => (int)answer.Status == 200 && answer.Document.QuerySelector(".govuk-panel--confirmation") is not null;

    /// <summary>What was answered, of a survey whose answers are mixed or need no mixing.</summary>
    internal Task<List<string>> Contents(Guid survey) => Read(async db =>
        await db.SurveyBallots.Where(row => row.SurveyId == survey).Select(row => row.Content)
            .Concat(db.SurveyAnswers.Where(row => row.SurveyId == survey).Select(row => row.Content)).ToListAsync());
}
