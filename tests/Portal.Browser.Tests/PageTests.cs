using Microsoft.Playwright;
using Portal.Shared.Actors;

namespace Portal.Browser.Tests;

[Collection(RealBrowser.Name)]
public sealed class PageTests(BrowserSite host)
{
    /// <summary>What a visitor's system may ask for instead of light colours.</summary>
    private static readonly PageEmulateMediaOptions[] Looks =
    [
        new() { ColorScheme = ColorScheme.Dark, ForcedColors = ForcedColors.None },
        new() { ColorScheme = ColorScheme.Dark, ForcedColors = ForcedColors.Active },
    ];

    [Theory]
    [InlineData("plain", "")]
    [InlineData("large", "/~large")]
    [InlineData("contrast", "/~contrast")]
    [InlineData("both", "/~large-contrast")]
    public async Task Public_pages_fit_a_narrow_window_and_axe_finds_nothing_serious(string slug, string mode)
    {
        var channel = await host.Channel(slug, "茶园补助");
        await host.Publish(
            channel, "tea", "关于高山茶园补助的通知",
            "## 补助标准\n\n每亩补助三百元，详见[栏目](/" + slug + ")。\n\n| 类别 | 标准 | 期限 | 部门 |\n|---|---|---|---|\n| 茶园 | 三百元 | 十个工作日 | 云岭省农业农村厅 |\n\n- 一\n- 二");
        var page = await host.Open(scripts: false, width: 320);
        // axe is a script itself: it gets a page that never received its own.
        var examined = await host.Open(width: 320);
        await examined.RouteAsync("**/*.js", route => route.AbortAsync());
        List<string> faults = [];
        foreach (var path in new[] { "/", "/" + slug, $"/{slug}/tea", "/search?q=%E8%8C%B6%E5%9B%AD", "/sitemap", "/disclosure", "/disclosure/directory", "/deadlines?rule=reply&start=2026-02-10", "/interaction-overview" })
        {
            var answer = await page.GotoAsync(mode + path);
            Assert.Equal(200, answer!.Status);
            var overflow = await page.Overflow();
            if (overflow > 0)
            {
                faults.Add($"{page.Url} is {overflow} pixels too wide.");
            }

            await examined.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.None });
            await examined.GotoAsync(mode + path);
            faults.AddRange(await BrowserSite.Faults(examined));
            foreach (var look in Looks)
            {
                await examined.EmulateMediaAsync(look);
                faults.AddRange(await BrowserSite.FaultsOfColour(examined));
            }
        }

        await page.Context.CloseAsync();
        await examined.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_on_the_pages_of_the_staff()
    {
        var channel = await host.Channel("staff", "工作动态");
        var author = await host.Open();
        await author.GotoAsync("/console/sign-in");
        List<string> faults = [.. await BrowserSite.Faults(author)];
        await BrowserSite.SignInByKeyboard(author, await host.Data.Staff(Role.Author));
        faults.AddRange(await BrowserSite.Faults(author));
        await BrowserSite.Write(author, channel, "关于审稿页面的通知", "正文第一段。");
        faults.AddRange(await BrowserSite.Faults(author));
        await author.Press("button[value=submit]", "done=submitted");
        await author.Context.CloseAsync();

        var reviewer = await host.Open();
        await BrowserSite.SignInByKeyboard(reviewer, await host.Data.Staff(Role.FirstReviewer));
        await reviewer.Press("a[href^='/console/reviews']", "/console/reviews");
        faults.AddRange(await BrowserSite.Faults(reviewer));
        await reviewer.Press("a[data-open]", "/console/editions/");
        await reviewer.Locator("[data-approve-act]").WaitForAsync();
        faults.AddRange(await BrowserSite.Faults(reviewer));
        await reviewer.Context.CloseAsync();

        var manager = await host.Open();
        await BrowserSite.SignInByKeyboard(manager, await host.Data.Staff(Role.SiteManager));
        foreach (var path in new[] { "/console/channels", "/console/disclosure/openness?set=All" })
        {
            Assert.Equal(200, (await manager.GotoAsync(path))!.Status);
            faults.AddRange(await BrowserSite.Faults(manager));
        }

        await manager.Context.CloseAsync();

        var admin = await host.Open();
        await BrowserSite.SignInByKeyboard(admin, await host.Data.Staff(Role.ProvincialAdmin));
        foreach (var path in new[] { "", "/990000/2026", "/990000/2026/days", "/990000/import" })
        {
            Assert.Equal(200, (await admin.GotoAsync("/console/calendars" + path))!.Status);
            faults.AddRange(await BrowserSite.Faults(admin));
        }

        await admin.GotoAsync("/console/calendars/990000/2020/days");
        await admin.FillAsync("#Title", "更正通知");
        await admin.FillAsync("input[name=Name] >> nth=0", "新年");
        await admin.ClickAsync("main .c-bar button");
        await admin.WaitForSelectorAsync("#Reason");
        faults.AddRange(await BrowserSite.Faults(admin));
        await admin.Context.CloseAsync();

        Assert.Empty(faults);
    }
}
