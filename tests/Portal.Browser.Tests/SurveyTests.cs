using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Interaction;
using Portal.Interaction.Surveys;
using Portal.Interaction.Surveys.MixBallots;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Browser.Tests;

/// <summary>A survey of three sections answered in a narrow window without a line of script, its result; and what axe says.</summary>
[Collection(RealBrowser.Name)]
public sealed class SurveyTests(BrowserSite host)
{
    private static readonly SurveyDefinition Definition = new()
    {
        Sections =
        [
            new SurveySection { Key = "s1", Title = "使用情况", Questions = [One("use", "您用过本网站吗", ("yes", "用过"), ("no", "没有用过"))] },
            new SurveySection
            {
                Key = "s2",
                Title = "使用感受",
                ShowWhen = new SurveyRule { Conditions = [new SurveyCondition { Question = "use", Operator = ConditionOperator.IsAny, Values = ["yes"] }] },
                Questions =
                [
                    new SurveyQuestion { Key = "feel", Kind = QuestionKind.Matrix, Title = "您对以下方面的评价", Options = Options(("bad", "不满意"), ("good", "满意")), Rows = Options(("fast", "打开速度"), ("clear", "内容清楚")) },
                    new SurveyQuestion { Key = "rank", Kind = QuestionKind.Ranking, Title = "希望先改进什么", Options = Options(("a", "搜索"), ("b", "办事"), ("c", "互动")), Maximum = 2 },
                ],
            },
            new SurveySection
            {
                Key = "s3",
                Title = "意见",
                Questions =
                [
                    new SurveyQuestion { Key = "score", Kind = QuestionKind.Rating, Title = "总体评分", Required = true, Options = Options(("1", "1分"), ("2", "2分"), ("3", "3分")) },
                    new SurveyQuestion { Key = "say", Kind = QuestionKind.LongText, Title = "您的建议", Maximum = 200 },
                ],
            },
        ],
    };

    private static readonly string[][] OfTheOtherBranch =
        [["q.feel.fast", "good"], ["q.feel.clear", "bad"], ["q.rank.a", "1"], ["q.rank.b", "2"]];

    [Fact]
    public async Task A_survey_is_answered_section_by_section_and_what_was_said_on_another_branch_is_dropped()
    {
        await OpenAsync("journey-survey");
        var page = await host.Open(scripts: false, width: 320);
        await page.GotoAsync("/surveys");
        await page.Locator("main a[href='/surveys/journey-survey']").ClickAsync();
        await page.GotoAsync("/surveys/journey-survey/answer");

        // Nothing chosen: said at the question, and the page is the same.
        await NextAsync(page);
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("您用过本网站吗");
        await page.CheckAsync("[name$=use][value=yes]");
        await NextAsync(page);
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("使用感受");
        await page.CheckAsync("[name*=feel][value=good] >> nth=0");
        await NextAsync(page);
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("意见");

        // Back to the beginning with the other answer: the section of the branch is asked no more, and what was said there is dropped.
        await page.Locator("main form button[value=back]").ClickAsync();
        await page.Locator("main form button[value=back]").ClickAsync();
        await page.CheckAsync("[name$=use][value=no]");
        await ForgeAsync(page);
        await NextAsync(page);
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("意见");
        await page.CheckAsync("[name$=score][value='3']");
        await ForgeAsync(page);
        await NextAsync(page);
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("检查您的答案");
        foreach (var hidden in new[] { "打开速度", "满意", "希望先改进什么" })
        {
            await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(hidden);
        }

        await ForgeAsync(page);
        await page.Locator("main form button[value=send]").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-panel--confirmation")).ToBeVisibleAsync();

        await ReportAsync("journey-survey");
        await page.GotoAsync("/surveys/journey-survey/result");
        await Assertions.Expect(page.Locator("main .p-chart h3")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("[aria-labelledby=figures-use] tbody tr").Nth(1)).ToContainTextAsync("没有用过");
        Assert.Equal(["1", "1"], new[]
        {
            await page.Locator("[aria-labelledby=figures-use] tbody tr:nth-child(2) .p-data__number").First.InnerTextAsync(),
            await page.Locator("[aria-labelledby=figures-score] tbody tr:nth-child(3) .p-data__number").First.InnerTextAsync(),
        });
        // Of the other branch nothing was counted, however often it was sent.
        foreach (var question in new[] { "feel", "rank" })
        {
            await Assertions.Expect(page.Locator($"section[aria-labelledby=figures-{question}] .govuk-hint").First).ToContainTextAsync("，0人作答");
        }

        Assert.True(await page.Overflow() <= 0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_of_surveys_fit_a_narrow_window_and_axe_finds_nothing_serious()
    {
        await OpenAsync("narrow-survey");
        await OpenAsync("told-survey", reported: true);
        List<string> faults = [];
        var page = await host.Open(width: 320);
        await page.GotoAsync("/surveys/told-survey/result");
        await Assertions.Expect(page.Locator("main .p-chart h3")).ToHaveCountAsync(5);
        foreach (var path in new[] { "/surveys", "/surveys/narrow-survey", "/surveys/narrow-survey/answer", "/surveys/told-survey/result", "/surveys/told-survey" })
        {
            await page.GotoAsync(path);
            await BrowserSite.Examine(page, faults);
        }

        await page.GotoAsync("/surveys/narrow-survey/answer");
        await NextAsync(page);
        await BrowserSite.Examine(page, faults);
        await page.CheckAsync("[name$=use][value=yes]");
        await NextAsync(page);
        await BrowserSite.Examine(page, faults);
        await NextAsync(page);
        await page.CheckAsync("[name$=score][value='3']");
        await NextAsync(page);
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    // What the form would send of the branch that was left, added to it.
    private static async Task ForgeAsync(IPage page) => await page.EvaluateAsync(
        """
        fields => {
          const form = document.querySelector('main form');
          for (const [name, value] of fields) {
            form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
          }
        }
        """,
        OfTheOtherBranch);

    private static Task NextAsync(IPage page) => page.Locator("main form .govuk-button-group button[value=next]").ClickAsync();

    private static SurveyQuestion One(string key, string title, params (string Key, string Label)[] options) =>
        new() { Key = key, Kind = QuestionKind.One, Title = title, Required = true, Options = Options(options) };

    private static IReadOnlyList<SurveyOption> Options(params (string Key, string Label)[] options) =>
        [.. options.Select(option => new SurveyOption { Key = option.Key, Label = option.Label })];

    // As the answers are at the end of the survey; its review is the subject of other tests.
    private async Task ReportAsync(string key)
    {
        var today = BeijingTime.Date(host.Clock.GetUtcNow());
        await host.Use<IServiceProvider>(async services =>
        {
            var db = services.GetRequiredService<InteractionDbContext>();
            var survey = await db.Surveys.SingleAsync(row => row.Key == key);
            survey.ClosesOn = today.AddDays(-1);
            await db.SaveChangesAsync();
            Assert.Equal(1, await services.GetRequiredService<MixBallots>().MixAsync(survey.Id, CancellationToken.None));
            var figures = await services.GetRequiredService<SurveyTally>().CountAsync(survey, Definition, CancellationToken.None);
            Assert.Equal(["use 1", "feel 0", "rank 0", "score 1", "say 0"], figures.Questions.Select(question => $"{question.Key} {question.Answered}"));
            survey = await db.Surveys.SingleAsync(row => row.Key == key);
            (survey.State, survey.ReportedOn, survey.Usage) = (SurveyState.Reported, today, "已经按照调查结果改进了搜索。");
            survey.Figures = SurveyJson.Canonical(figures);
            await db.SaveChangesAsync();
        });
        await host.Refresh();
    }

    // Figures of every kind of question.
    private static SurveyFigures Figures(string hash) => new()
    {
        Answers = 120,
        From = new DateOnly(2026, 1, 1),
        Until = new DateOnly(2026, 1, 20),
        Mode = SurveyMode.Anonymous,
        Hash = hash,
        Questions =
        [
            new() { Key = "use", Kind = QuestionKind.One, Title = "您用过本网站吗", Answered = 120, Lines = [new("yes", "用过", 96), new("no", "没有用过", 24)] },
            new()
            {
                Key = "feel", Kind = QuestionKind.Matrix, Title = "您对以下方面的评价", Answered = 96, Scale = ["不满意", "满意"],
                Lines = [new("fast", "打开速度", 96, 1.75m, [24, 72]), new("clear", "内容清楚", 90, 1.5m, [45, 45])],
            },
            new()
            {
                Key = "rank", Kind = QuestionKind.Ranking, Title = "希望先改进什么", Answered = 80,
                Lines = [new("a", "搜索", 70, 1.2m), new("b", "办事", 50, 1.6m), new("c", "互动", 0)],
            },
            new()
            {
                Key = "score", Kind = QuestionKind.Rating, Title = "总体评分", Answered = 120, Mean = 2.4m, Median = 2m,
                Lines = [new("1", "1分", 10), new("2", "2分", 52), new("3", "3分", 58)],
            },
            new() { Key = "say", Kind = QuestionKind.LongText, Title = "您的建议", Answered = 31, Quotes = ["希望搜索结果可以按时间排列。"] },
        ],
    };

    // As if its notice had been released: the way there is the subject of other tests.
    private async Task OpenAsync(string key, bool reported = false)
    {
        await host.Use<InteractionDbContext>(async db =>
        {
            var now = host.Clock.GetUtcNow();
            var today = BeijingTime.Date(now);
            var content = SurveyJson.Canonical(Definition);
            var hash = SurveyJson.Hash(content);
            var survey = new Survey
            {
                Id = Guid.CreateVersion7(now),
                SiteId = host.Site(TestData.ProvinceKey).Id,
                Key = key,
                Title = $"政府网站使用情况网上调查（{key}）",
                Purpose = "了解公众使用网站的情况，改进网站。",
                Unit = "试验单位",
                Minutes = 3,
                Mode = SurveyMode.Anonymous,
                OpensOn = today.AddDays(-40),
                ClosesOn = today.AddDays(reported ? -20 : 10),
                Definition = content,
                Hash = hash,
                State = reported ? SurveyState.Reported : SurveyState.Published,
                ReportedOn = reported ? today.AddDays(-5) : null,
                Usage = reported ? "已经按照调查结果改进了搜索。" : null,
                Figures = reported ? SurveyJson.Canonical(Figures(hash)) : null,
                CreatedAt = now,
            };
            db.Surveys.Add(survey);
            db.SurveyVersions.Add(new SurveyVersion { Id = Guid.CreateVersion7(now), SiteId = survey.SiteId, SurveyId = survey.Id, Hash = hash, Content = content, At = now });
            await db.SaveChangesAsync();
        });
        await host.Refresh();
    }
}
