using Microsoft.Playwright;
using Portal.Shared.Actors;

namespace Portal.Browser.Tests;

/// <summary>A request for information from the form to the answer, without a line of script; and what axe says of its pages.</summary>
[Collection(RealBrowser.Name)]
public sealed class RequestTests(BrowserSite host)
{
    [Fact]
    public async Task A_request_is_sent_answered_and_read_without_javascript()
    {
        var citizen = await host.Open(scripts: false);
        var (number, code) = await SubmitAsync(citizen, "公办养老机构床位数量");

        var officer = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(officer, await host.Data.Staff(Role.RequestOfficer));
        await officer.GotoAsync("/console/requests");
        await officer.Locator($"tr:has-text('{number}') th a").ClickAsync();
        var address = new Uri(officer.Url).AbsolutePath;
        await StepAsync(officer, address, "Confirm");
        await StepAsync(officer, address, "TakeOn");
        await officer.GotoAsync(address + "?act=Draft");
        await officer.SelectOptionAsync("#Outcome", "3.1");
        await officer.FillAsync("#Content", "床位数见本网站统计公报。");
        await officer.Locator("form:has(input[name=Trigger]) button").ClickAsync();
        await StepAsync(officer, address, "SubmitAnswer");
        await officer.Context.CloseAsync();

        var head = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(head, await host.Data.Staff(Role.RequestHead));
        await StepAsync(head, address, "ApproveAnswer");
        await head.Context.CloseAsync();

        await citizen.GotoAsync("/disclosure/requests/follow");
        await citizen.FillAsync("#Number", number);
        await citizen.FillAsync("#Code", code);
        await citizen.Locator("main button").ClickAsync();
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("床位数见本网站统计公报。");
        Assert.DoesNotContain(code, citizen.Url, StringComparison.Ordinal);
        await citizen.Context.CloseAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/~large")]
    [InlineData("/~contrast")]
    public async Task Pages_of_a_request_fit_a_narrow_window_and_axe_finds_nothing_serious(string mode)
    {
        var page = await host.Open(width: 320);
        List<string> faults = [];
        foreach (var path in new[] { "/disclosure/requests", "/disclosure/requests/new", "/disclosure/requests/follow" })
        {
            await page.GotoAsync(mode + path);
            await BrowserSite.Examine(page, faults);
        }

        // The form as it comes back with everything wrong.
        await page.GotoAsync(mode + "/disclosure/requests/new");
        await page.Locator("main form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_on_receipt_case_and_list()
    {
        List<string> faults = [];
        var citizen = await host.Open(width: 320);
        var (number, code) = await SubmitAsync(citizen, "水库大坝安全鉴定报告目录");
        await BrowserSite.Examine(citizen, faults);
        await citizen.GotoAsync("/disclosure/requests/follow");
        await citizen.FillAsync("#Number", number);
        await citizen.FillAsync("#Code", code);
        await citizen.Locator("main form .govuk-button").ClickAsync();
        await citizen.WaitForSelectorAsync(".p-steps");
        await BrowserSite.Examine(citizen, faults);
        await citizen.Context.CloseAsync();

        var officer = await host.OpenFor(await host.Data.Staff(Role.RequestOfficer));
        foreach (var path in new[] { "/console/requests?set=All", "/console/requests/new" })
        {
            await officer.GotoAsync(path);
            await BrowserSite.Examine(officer, faults);
        }

        await officer.GotoAsync("/console/requests?set=All");
        await officer.Locator($"tr:has-text('{number}') th a").ClickAsync();
        var address = new Uri(officer.Url).AbsolutePath;
        await StepAsync(officer, address, "Confirm");
        await officer.GotoAsync(address + "?act=AskCorrection");
        await BrowserSite.Examine(officer, faults);
        await officer.Context.CloseAsync();
        Assert.Empty(faults);
    }

    private static async Task StepAsync(IPage page, string address, string step)
    {
        await page.GotoAsync($"{address}?act={step}");
        await page.Locator("form:has(input[name=Trigger]) button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("done=" + step, StringComparison.Ordinal));
    }

    private async Task<(string Number, string Code)> SubmitAsync(IPage page, string title)
    {
        await page.GotoAsync("/disclosure/requests");
        await page.Locator("main a[href$='/disclosure/requests/new']").ClickAsync();
        await page.Locator("[name=ApplicantKind]").First.CheckAsync();
        await page.FillAsync("#Name", "闻晓峰");
        await page.SelectOptionAsync("#Document", "ResidentCard");
        await page.FillAsync("#DocumentNumber", "990102199001011237");
        await page.FillAsync("#Phone", "13800004321");
        await page.FillAsync("#Address", "云岭省云浦市虚拟路100号");
        await page.FillAsync("#Title", title);
        await page.FillAsync("#Description", "请提供截至2026年6月的资料。");
        await page.Locator("[name=Form]").First.CheckAsync();
        await page.Locator("[name=Delivery]").First.CheckAsync();
        // Whoever is quicker than a person is asked to send it again.
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.Locator("main form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".p-receipt");
        var codes = await page.Locator(".p-receipt__code").AllTextContentsAsync();
        return (codes[0], codes[1]);
    }
}
