using Microsoft.Playwright;
using Portal.Shared.Actors;

namespace Portal.Browser.Tests;

[Collection(RealBrowser.Name)]
public sealed class JourneyTests(BrowserSite host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Four_people_with_keyboards_bring_a_document_to_a_visitor_without_javascript(bool scripts)
    {
        var name = scripts ? "with" : "without";
        var title = $"关于高山茶园补助的通知（{name}）";
        var channel = await host.Channel("journey-" + name, "通知公告" + name);
        var writer = await host.Open(scripts);
        await BrowserSite.SignInByKeyboard(writer, await host.Data.Staff(Role.Author));
        await BrowserSite.Write(writer, channel, title, "高山茶园每亩补助三百元。", scripts);
        await writer.Press("button[value=submit]", "done=submitted");
        await writer.Context.CloseAsync();

        foreach (var role in new[] { Role.FirstReviewer, Role.SecondReviewer, Role.Releaser })
        {
            var reviewer = await host.Open(scripts);
            await BrowserSite.SignInByKeyboard(reviewer, await host.Data.Staff(role));
            await reviewer.Press("a[href^='/console/reviews']", "/console/reviews");
            await reviewer.Press($"a[data-open]:text-is('{title}')", "/console/editions/");
            await Assertions.Expect(reviewer.Locator(".c-page")).ToContainTextAsync("高山茶园每亩补助三百元。");
            await reviewer.Type("#Opinion", "要素齐全，同意。");
            if (role == Role.FirstReviewer)
            {
                await reviewer.TabTo("[name=SecrecyChecked]");
                await reviewer.Keyboard.PressAsync("Space");
            }

            await reviewer.Press("[data-approve-act]", "done=");
            await reviewer.Context.CloseAsync();
        }

        var visitor = await host.Open(scripts: false);
        await visitor.GotoAsync("/" + channel.Path);
        await visitor.Locator("main a", new() { HasText = title }).First.ClickAsync();
        await Assertions.Expect(visitor.Locator("h1")).ToHaveTextAsync(title);
        await Assertions.Expect(visitor.Locator("main")).ToContainTextAsync("高山茶园每亩补助三百元。");
        await visitor.GotoAsync("/search?q=" + Uri.EscapeDataString($"\"{title}\""));
        await visitor.Locator(".p-results__title a", new() { HasText = title }).ClickAsync();
        await Assertions.Expect(visitor.Locator("h1")).ToHaveTextAsync(title);
        await visitor.Context.CloseAsync();
    }
}
