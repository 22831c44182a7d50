using Microsoft.Playwright;
using Portal.Interaction;
using Portal.Interaction.Surveys;
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
        await NextAsync(page);
        await Assertions.Expect(page.Locator("main h2").First).ToHaveTextAsync("意见");
        await page.CheckAsync("[name$=score][value='3']");
        await NextAsync(page);
        await Assertions.Expect(page.Locator("main h2").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("打开速度");
        await page.Locator("main form button[value=send]").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-panel--confirmation")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_of_surveys_fit_a_narrow_window_and_axe_finds_nothing_serious()
    {
        await OpenAsync("narrow-survey");
        await OpenAsync("told-survey", reported: true);
        List<string> faults = [];
        var page = await host.Open(width: 320);
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

    private static Task NextAsync(IPage page) => page.Locator("main form .govuk-button-group button[value=next]").ClickAsync();

    private static SurveyQuestion One(string key, string title, params (string Key, string Label)[] options) =>
        new() { Key = key, Kind = QuestionKind.One, Title = title, Required = true, Options = Options(options) };

    private static IReadOnlyList<SurveyOption> Options(params (string Key, string Label)[] options) =>
        [.. options.Select(option => new SurveyOption { Key = option.Key, Label = option.Label })];

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
                OpensOn = today.AddDays(reported ? -40 : 0),
                ClosesOn = today.AddDays(reported ? -20 : 10),
                Definition = content,
                Hash = hash,
                State = reported ? SurveyState.Reported : SurveyState.Published,
                ReportedOn = reported ? today.AddDays(-5) : null,
                Usage = reported ? "已经按照调查结果改进了搜索。" : null,
                Figures = reported
                    ? $$"""{"answers":0,"from":"2026-01-01","until":"2026-01-20","mode":"anonymous","hash":"{{hash}}","questions":[]}"""
                    : null,
                CreatedAt = now,
            };
            db.Surveys.Add(survey);
            db.SurveyVersions.Add(new SurveyVersion { Id = Guid.CreateVersion7(now), SiteId = survey.SiteId, SurveyId = survey.Id, Hash = hash, Content = content, At = now });
            await db.SaveChangesAsync();
        });
        await host.Refresh();
    }
}
