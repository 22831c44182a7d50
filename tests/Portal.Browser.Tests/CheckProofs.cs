using Microsoft.Playwright;

namespace Portal.Browser.Tests;

/// <summary>The checks of the pages find what they look for, and nothing where there is nothing.</summary>
[Collection(RealBrowser.Name)]
public sealed class CheckProofs(BrowserSite host)
{
    private const string Good = "<label for=\"q\">检索</label> <input id=\"q\"><p>正文</p>";

    [Fact]
    public async Task A_good_page_has_no_fault_and_fits()
    {
        var page = await Show(Good);
        Assert.Empty(await BrowserSite.Faults(page));
        Assert.True(await page.Overflow() <= 0);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("label", "<input>")]
    [InlineData("color-contrast", "<p style=\"color: #ccc; background: #fff\">看不清的字</p>")]
    [InlineData("image-alt", "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">")]
    [InlineData("button-name", "<button></button>")]
    public async Task Axe_finds(string rule, string content)
    {
        var page = await Show(Good + content);
        Assert.Contains(await BrowserSite.Faults(page), fault => fault.Contains($" {rule} (", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Axe_finds_what_cannot_be_read_in_the_dark_only()
    {
        var page = await Show(
            Good + "<style>@media (prefers-color-scheme: dark) { body { background: #111; color: #333 } }</style>");
        Assert.Empty(await BrowserSite.Faults(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Contains(await BrowserSite.Faults(page), fault => fault.Contains("color-contrast", StringComparison.Ordinal));
        Assert.Contains(await BrowserSite.FaultsOfColour(page), fault => fault.Contains("color-contrast", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_too_wide_is_found()
    {
        var page = await Show(Good + "<div style=\"width: 2000px\">很宽</div>");
        Assert.True(await page.Overflow() > 1000);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> Show(string content)
    {
        var page = await host.Open(width: 320);
        await page.SetContentAsync(
            "<!doctype html><html lang=\"zh-CN\"><head><title>试验</title>"
            + "<meta name=\"viewport\" content=\"width=device-width\"></head><body><main><h1>试验</h1>" + content + "</main></body></html>");
        return page;
    }
}
