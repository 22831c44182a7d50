using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Interaction;
using Portal.Interaction.Interviews;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Browser.Tests;

/// <summary>A question without a line of script, a line of the scribe that reaches the live page with and without one, and what axe says.</summary>
[Collection(RealBrowser.Name)]
public sealed class InterviewTests(BrowserSite host)
{
    [Fact]
    public async Task A_question_is_asked_and_followed_at_320_pixels_without_javascript()
    {
        var key = (await OnAirAsync(InterviewTrigger.OpenQuestions)).Key;
        var page = await host.Open(scripts: false, width: 320);
        await page.GotoAsync($"/interviews/{key}/questions/new");
        await page.FillAsync("#Text", "助餐点什么时候能送餐上门？");
        await page.FillAsync("#Name", "王先生");
        // Whoever is quicker than a person is marked.
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.Locator("main .p-form form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".p-receipt");
        Assert.True(await page.Overflow() <= 0);
        var codes = await page.Locator(".p-receipt__code").AllTextContentsAsync();
        await page.GotoAsync("/interviews/questions/follow");
        await page.FillAsync("#Number", codes[0]);
        await page.FillAsync("#Code", codes[1]);
        await page.Locator("main form .govuk-button").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("工作人员正在筛选问题");
        Assert.DoesNotContain(codes[1], page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_the_scribe_writes_appears_by_script_and_without_one_after_loading_anew()
    {
        var interview = await OnAirAsync(InterviewTrigger.OpenQuestions, InterviewTrigger.Start);
        var (live, plain) = (await host.Open(), await host.Open(scripts: false));
        var heard = live.WaitForResponseAsync(answer => answer.Url.Contains("/events", StringComparison.Ordinal));
        await live.GotoAsync($"/interviews/{interview.Key}/live");
        Assert.Equal(200, (await heard).Status);
        await plain.GotoAsync($"/interviews/{interview.Key}/live");

        var scribe = await host.OpenFor(await host.Data.Staff(Role.InteractionEditor));
        await scribe.GotoAsync($"/console/interviews/{interview.Id}/live");
        await scribe.CheckAsync("[name=Speaker][value=guest-1]");
        await scribe.FillAsync("#Text", "全省已经建成助餐点三千个。");
        await scribe.Locator("form.c-stage button").ClickAsync();
        await Assertions.Expect(live.Locator(".p-said__item")).ToContainTextAsync("全省已经建成助餐点三千个");
        await Assertions.Expect(scribe.Locator(".c-said")).ToContainTextAsync("全省已经建成助餐点三千个");
        // Without leaving the page: the address is still that of the desk.
        Assert.EndsWith("/live", scribe.Url, StringComparison.Ordinal);
        await Assertions.Expect(plain.Locator("main")).Not.ToContainTextAsync("三千个");
        await plain.ReloadAsync();
        await Assertions.Expect(plain.Locator("main")).ToContainTextAsync("三千个");

        // Who listens has heard the wrong words, and hears the right ones.
        await scribe.Locator(".c-said a").First.ClickAsync();
        await scribe.FillAsync("#Text", "全省已经建成助餐点两千个。");
        await scribe.Locator("form.c-stage button").ClickAsync();
        await Assertions.Expect(live.Locator(".p-said__item")).ToContainTextAsync("两千个");
        await Assertions.Expect(live.Locator("[data-live-announce]")).ToContainTextAsync("已更正：");
        foreach (var page in new[] { live, plain, scribe })
        {
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_on_any_kind_of_page()
    {
        var interview = await OnAirAsync(InterviewTrigger.OpenQuestions, InterviewTrigger.Start);
        List<string> faults = [];
        var page = await host.Open(width: 320);
        foreach (var path in new[]
        {
            "/interviews", $"/interviews/{interview.Key}", $"/interviews/{interview.Key}/live", $"/interviews/{interview.Key}/questions/new",
            "/interviews/questions/follow",
        })
        {
            await page.GotoAsync(path);
            await BrowserSite.Examine(page, faults);
        }

        // The form as it comes back with everything wrong.
        await page.GotoAsync($"/interviews/{interview.Key}/questions/new");
        await page.Locator("main .p-form form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();

        var desk = await host.OpenFor(await host.Data.Staff(Role.InteractionEditor));
        var own = $"/console/interviews/{interview.Id}";
        foreach (var path in new[] { "/console/interviews", "/console/interviews/new", own, own + "?act=End", own + "/questions", own + "/live" })
        {
            await desk.GotoAsync(path);
            await BrowserSite.Examine(desk, faults);
        }

        await desk.Context.CloseAsync();
        Assert.Empty(faults);
    }

    /// <summary>An interview of the provincial portal, announced and brought on by these steps; its reviews are not what this is about.</summary>
    private async Task<Interview> OnAirAsync(params InterviewTrigger[] steps)
    {
        var id = Guid.CreateVersion7();
        var interview = new Interview
        {
            Id = id,
            SiteId = host.Site(TestData.ProvinceKey).Id,
            Key = "talk-" + id.ToString("N")[^10..],
            Topic = "老年助餐怎么建、怎么补、怎么吃",
            Summary = "介绍助餐点的布局、补贴和申请办法，回答公众提问。",
            Guests = [new InterviewGuest { Name = "闻人甲", Unit = "省民政厅", Position = "处长" }, new InterviewGuest { Name = "慕容乙", Unit = "社区助餐点", Position = "负责人" }],
            Host = "主持人丙",
            Place = "新闻发布厅",
            StartsAt = host.Clock.GetUtcNow().AddMinutes(10),
            NoticeReason = "尽快回应公众关切。",
            State = InterviewState.AnnouncementUnderReview,
            Version = 1,
        };
        await host.Use<IServiceProvider>(async services =>
        {
            var db = services.GetRequiredService<InteractionDbContext>();
            var writer = services.GetRequiredService<InterviewWriter>();
            writer.Open(interview, null);
            await db.SaveChangesAsync();
            foreach (var trigger in steps.Prepend(InterviewTrigger.Announce))
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var party = InterviewFlow.Steps.First(step => step.Trigger == trigger).Who;
                var taken = await writer.TakeAsync((await writer.FindAsync(id, default))!, new InterviewInput { Trigger = trigger }, party, null, default);
                Assert.True(taken.Succeeded, trigger.ToString());
                await transaction.CommitAsync();
            }

            await writer.EvictAsync(interview, default);
        });
        return interview;
    }
}
