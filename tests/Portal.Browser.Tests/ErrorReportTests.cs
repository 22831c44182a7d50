using Microsoft.Playwright;
using Portal.Shared.Actors;

namespace Portal.Browser.Tests;

/// <summary>From the footer of an article to the answer, without a line of script; and what axe says of the pages.</summary>
[Collection(RealBrowser.Name)]
public sealed class ErrorReportTests(BrowserSite host)
{
    [Fact]
    public async Task An_error_is_reported_from_an_article_forwarded_answered_and_followed_without_javascript()
    {
        List<string> faults = [];
        var citizen = await host.Open(scripts: false, width: 320);
        var article = await ArticleAsync("errors-journey");
        await citizen.GotoAsync(article);
        await citizen.Locator("footer.p-footer .p-footer__links a[data-report-error]").ClickAsync();
        await Assertions.Expect(citizen.Locator("#Page")).ToHaveValueAsync(article);
        await citizen.CheckAsync("[name=Kind][value=Text]");
        await citizen.FillAsync("#Problem", "第一段有一个错别字。");
        // Whoever is quicker than a person is marked.
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await citizen.Locator("main form .govuk-button").ClickAsync();
        await citizen.WaitForSelectorAsync(".p-receipt");
        var codes = await citizen.Locator(".p-receipt__code").AllTextContentsAsync();

        var desk = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(desk, await host.Data.Staff(Role.ErrorReportHandler));
        await desk.GotoAsync("/console/error-reports");
        await desk.Locator($"tr:has-text('{codes[0]}') th a").ClickAsync();
        var address = new Uri(desk.Url).AbsolutePath;
        await StepAsync(desk, address, "Forward");
        await StepAsync(desk, address, "TakeOn");
        await desk.GotoAsync(address + "?act=Answer");
        await desk.CheckAsync("[name=Result][value=Corrected]");
        await desk.FillAsync("#Text", "您反映的错别字已经改正，感谢您的细心。");
        await SendAsync(desk, "Answer");
        await desk.Context.CloseAsync();

        await citizen.GotoAsync("/error-reports/follow");
        await citizen.FillAsync("#Number", codes[0]);
        await citizen.FillAsync("#Code", codes[1]);
        await citizen.Locator("main form .govuk-button").ClickAsync();
        await citizen.WaitForSelectorAsync(".p-steps");
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("您反映的错别字已经改正");
        Assert.DoesNotContain(codes[1], citizen.Url, StringComparison.Ordinal);
        if (await citizen.Overflow() is > 0 and var overflow)
        {
            faults.Add($"The followed report is {overflow} pixels too wide.");
        }

        await citizen.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/~large")]
    [InlineData("/~contrast")]
    public async Task Pages_of_error_reports_fit_a_narrow_window_and_axe_finds_nothing_serious(string mode)
    {
        var page = await host.Open(width: 320);
        List<string> faults = [];
        foreach (var path in new[] { "/error-reports", "/error-reports/statistics", "/error-reports/new?page=/", "/error-reports/follow" })
        {
            await page.GotoAsync(mode + path);
            await BrowserSite.Examine(page, faults);
        }

        // The form as it comes back with everything wrong.
        await page.GotoAsync(mode + "/error-reports/new?page=https://evil.example/");
        await page.Locator("main form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_a_reader_selected_comes_along_with_the_words_around_it_and_the_desk_is_sound()
    {
        var page = await host.Open(width: 320);
        await page.GotoAsync(await ArticleAsync("errors-selected"));
        var quote = await page.EvaluateAsync<string>(
            """
            () => {
              const text = document.querySelector('.p-body p').firstChild;
              const range = document.createRange();
              range.setStart(text, 2);
              range.setEnd(text, 6);
              const selection = getSelection();
              selection.removeAllRanges();
              selection.addRange(range);
              return selection.toString();
            }
            """);
        await page.Locator("footer.p-footer .p-footer__links a[data-report-error]").ClickAsync();
        await Assertions.Expect(page.Locator("#Quote")).ToHaveValueAsync(quote);
        Assert.Equal(2, (await page.Locator("input[name=Prefix]").GetAttributeAsync("value"))!.Length);
        await page.CheckAsync("[name=Kind][value=Other]");
        await page.FillAsync("#Problem", "选中的文字有问题。");
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.Locator("main form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".p-receipt");
        List<string> faults = [];
        await BrowserSite.Examine(page, faults);
        var number = (await page.Locator(".p-receipt__code").AllTextContentsAsync())[0];
        await page.Context.CloseAsync();

        var desk = await host.OpenFor(await host.Data.Staff(Role.ErrorReportHandler));
        foreach (var path in new[] { "/console/error-reports", "/console/error-reports?set=All" })
        {
            await desk.GotoAsync(path);
            await BrowserSite.Examine(desk, faults);
        }

        // The bar of the batch lies over no field, wherever in a smaller window the page stands.
        await desk.GotoAsync("/console/error-reports");
        await desk.SetViewportSizeAsync(900, 500);
        Assert.True(await desk.EvaluateAsync<bool>(
            """
            () => {
              const field = document.querySelector('#Note'), bar = document.querySelector('.c-batch');
              return [-60, 0, 60].every(place => {
                scrollTo(0, 0);
                scrollBy(0, field.getBoundingClientRect().bottom - innerHeight + place);
                return bar.getBoundingClientRect().top >= field.getBoundingClientRect().bottom;
              });
            }
            """));
        await desk.SetViewportSizeAsync(1280, 900);
        await desk.GotoAsync("/console/error-reports?set=All");
        await desk.Locator($"tr:has-text('{number}') th a").ClickAsync();
        var address = new Uri(desk.Url).AbsolutePath;
        foreach (var act in new[] { "Forward", "Join", "Answer" })
        {
            await desk.GotoAsync($"{address}?act={act}");
            await BrowserSite.Examine(desk, faults);
        }

        await desk.Context.CloseAsync();
        Assert.Empty(faults);
    }

    private async Task<string> ArticleAsync(string slug)
    {
        await host.Publish(await host.Channel(slug, "找错" + slug), "article", "有错别字的文章", "这是有错别字的第一段。");
        return $"/{slug}/article";
    }

    private static async Task StepAsync(IPage page, string address, string step)
    {
        await page.GotoAsync($"{address}?act={step}");
        await SendAsync(page, step);
    }

    private static async Task SendAsync(IPage page, string step)
    {
        await page.Locator("form:has(input[name=Trigger]) button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("done=" + step, StringComparison.Ordinal));
    }
}
