using System.Text;
using Microsoft.Playwright;
using Portal.Shared.Actors;

namespace Portal.Browser.Tests;

/// <summary>A topic from the register to what the public reads of it, without a line of script; and what axe says of the pages.</summary>
[Collection(RealBrowser.Name)]
public sealed class HotTopicTests(BrowserSite host)
{
    [Fact]
    public async Task A_topic_is_registered_assessed_assigned_answered_and_read_without_javascript()
    {
        List<string> faults = [];
        var (desk, address) = await HandledAsync("供水传闻怎么回事", "topics-journey");
        await LinkAsync(desk, address, "/topics-journey/article");
        await Assertions.Expect(desk.Locator(".c-head")).ToContainTextAsync("办理中");
        await ConfirmAsync(address, faults);
        await desk.GotoAsync(address + "?act=Evaluate");
        await Assertions.Expect(desk.Locator(".c-head")).ToContainTextAsync("已回应");
        await desk.FillAsync("#Note", "发布以后没有新的疑问，传言已经平息。");
        await SendAsync(desk);
        await Assertions.Expect(desk.Locator(".c-head")).ToContainTextAsync("已评估");
        await desk.Context.CloseAsync();

        var citizen = await host.Open(scripts: false, width: 320);
        await citizen.GotoAsync("/responses");
        await citizen.FillAsync("#find-q", "topics-journey");
        await citizen.Locator("main form .govuk-button").ClickAsync();
        await citizen.Locator(".p-results__title a").ClickAsync();
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("回应时间");
        // What the register calls it stays inside.
        await Assertions.Expect(citizen.Locator("main")).Not.ToContainTextAsync("供水传闻怎么回事");
        if (await citizen.Overflow() is > 0 and var overflow)
        {
            faults.Add($"The response is {overflow} pixels too wide.");
        }

        await citizen.Locator("main a[href$='/topics-journey/article']").ClickAsync();
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("事实是这样的");
        await citizen.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Pages_of_topics_and_responses_fit_and_axe_finds_nothing_serious()
    {
        List<string> faults = [];
        var (plain, address) = await HandledAsync("公交线路调整引起议论", "topics-pages");
        await LinkAsync(plain, address, "/topics-pages/article");
        await ConfirmAsync(address, faults);
        await plain.Context.CloseAsync();
        var page = await host.Open(width: 320);
        foreach (var mode in new[] { "", "/~large", "/~contrast" })
        {
            await page.GotoAsync(mode + "/responses?q=topics-pages");
            await BrowserSite.Examine(page, faults);
            await page.Locator(".p-results__title a").ClickAsync();
            await page.WaitForSelectorAsync(".p-metadata");
            await BrowserSite.Examine(page, faults);
        }

        await page.GotoAsync("/responses?q=nothing-of-the-kind");
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();

        var desk = await host.OpenFor(await host.Data.Staff(Role.OpinionOfficer));
        string[] paths =
        [
            "/console/hot-topics", "/console/hot-topics?set=All", "/console/hot-topics/new", address, address + "?act=Link",
            address + "?act=Unlink", address + "?act=Evaluate", address + "/responses/Statement",
        ];
        foreach (var path in paths)
        {
            await desk.GotoAsync(path);
            await BrowserSite.Examine(desk, faults);
        }

        // The forms as they come back with everything wrong.
        await desk.GotoAsync("/console/hot-topics/new");
        await desk.FillAsync("#NoticedAt", "");
        await desk.Locator("main form.c-form button").ClickAsync();
        await desk.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(desk, faults);
        await desk.GotoAsync(address + "/responses/Statement");
        await desk.Locator("main form.c-form button[value=Submit]").ClickAsync();
        await desk.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(desk, faults);
        await desk.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Pages_of_signals_fit_and_axe_finds_nothing_serious()
    {
        List<string> faults = [];
        var desk = await host.OpenFor(await host.Data.Staff(Role.OpinionOfficer));
        await desk.GotoAsync("/console/hot-topics/signals");
        await BrowserSite.Examine(desk, faults);

        // A file with a line that is right and one that is not, before it is taken and after.
        await desk.GotoAsync("/console/hot-topics/signals/import");
        await BrowserSite.Examine(desk, faults);
        await desk.SetInputFilesAsync("#File", new FilePayload
        {
            Name = "signals.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("标题,发现日期,来源,次数,摘要\n示例街自来水浑浊,2026-01-04,舆情日报,120,多名网民询问恢复时间\n,2026-01-04,舆情日报,1,没有标题\n"),
        });
        await desk.Locator("main form[enctype] button").ClickAsync();
        await Assertions.Expect(desk.Locator("main caption")).ToHaveCountAsync(2);
        await BrowserSite.Examine(desk, faults);
        await desk.Locator("main form:has([name=Take]) button").ClickAsync();
        await Assertions.Expect(desk.Locator(".govuk-notification-banner")).ToBeVisibleAsync();
        await BrowserSite.Examine(desk, faults);
        await desk.GotoAsync("/console/hot-topics/signals?source=Import");
        await BrowserSite.Examine(desk, faults);
        await desk.Locator("main tbody a", new() { HasText = "示例街自来水浑浊" }).ClickAsync();
        await desk.WaitForURLAsync(url => url.Contains("/signals/0", StringComparison.Ordinal));
        await BrowserSite.Examine(desk, faults);

        // The form of feeds, empty and as it comes back with everything wrong.
        await desk.GotoAsync("/console/hot-topics/signals/feeds");
        await BrowserSite.Examine(desk, faults);
        await desk.Locator("main form[action$='/feeds'] button").ClickAsync();
        await desk.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(desk, faults);
        await desk.Context.CloseAsync();
        Assert.Empty(faults);
    }

    // The document is looked at as the public will have it, then laid before somebody else.
    private static async Task LinkAsync(IPage desk, string address, string document)
    {
        await desk.GotoAsync(address + "?act=Link");
        await desk.FillAsync("#Address", document);
        await desk.Locator("form[action$='/links'] .govuk-button").ClickAsync();
        await desk.WaitForSelectorAsync("form[action$='/links'] [name=Sure]", new() { State = WaitForSelectorState.Attached });
        await desk.Locator("form[action$='/links'] button.govuk-button").ClickAsync();
        await desk.WaitForURLAsync(url => url.Contains("done=Link", StringComparison.Ordinal));
    }

    private async Task ConfirmAsync(string address, List<string> faults)
    {
        var second = await host.OpenFor(await host.Data.Staff(Role.OpinionOfficer));
        await second.GotoAsync(address + "?act=Confirm");
        await BrowserSite.Examine(second, faults);
        await second.Locator("form[action$='/links/confirm'] .govuk-button").ClickAsync();
        await second.WaitForURLAsync(url => url.Contains("done=Confirm", StringComparison.Ordinal));
        await second.Context.CloseAsync();
    }

    // A topic that its unit works on, on the page of the officer, and an article that answers it.
    private async Task<(IPage Desk, string Address)> HandledAsync(string title, string slug)
    {
        await host.Publish(await host.Channel(slug, "热点" + slug), "article", slug + "情况通报", "事实是这样的：供水一切正常。");
        var desk = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(desk, await host.Data.Staff(Role.OpinionOfficer));
        await desk.GotoAsync("/console/hot-topics/new");
        await desk.FillAsync("#Title", title);
        await desk.FillAsync("#Reference", "值班记录");
        // Before what answers it was public.
        await desk.FillAsync("#NoticedAt", "2026-01-05T08:30");
        await desk.Locator("main form.c-form button").ClickAsync();
        await desk.WaitForURLAsync(url => url.Contains("done=Register", StringComparison.Ordinal));
        var address = new Uri(desk.Url).AbsolutePath;
        await desk.GotoAsync(address + "?act=Assess");
        await desk.CheckAsync("[name=Severity][value=Other]");
        await desk.CheckAsync("[name=Need][value=Respond]");
        await SendAsync(desk);
        await desk.GotoAsync(address + "?act=Assign");
        await desk.Locator("#UnitSiteId").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await SendAsync(desk);
        await desk.GotoAsync(address + "?act=TakeOn");
        await SendAsync(desk);
        await Assertions.Expect(desk.Locator(".c-head")).ToContainTextAsync("办理中");
        return (desk, address);
    }

    private static Task SendAsync(IPage page) => page.Locator("form[action$='/steps'] button").ClickAsync();
}
