using System.Globalization;
using Microsoft.Playwright;

namespace Portal.Browser.Tests;

/// <summary>What a person does who has a keyboard and no mouse.</summary>
internal static class Keys
{
    // More stops than any page has: whoever needs so many does not reach the element at all.
    private const int MostStops = 200;

    /// <summary>Presses Tab until the element has the focus.</summary>
    public static async Task<ILocator> TabTo(this IPage page, string selector)
    {
        var wanted = page.Locator(selector).First;
        await wanted.WaitForAsync();
        for (var stops = 0; stops < MostStops; stops++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return wanted;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The Tab key does not lead to {selector} on {page.Url}.");
    }

    public static async Task Type(this IPage page, string selector, string text)
    {
        await page.TabTo(selector);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Tabs to a link or button, presses Enter and waits for the page that it leads to.</summary>
    public static async Task Press(this IPage page, string selector, string leadsTo)
    {
        await page.TabTo(selector);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => address.Contains(leadsTo, StringComparison.Ordinal));
    }

    /// <summary>Moves down a list of choices until the value is chosen.</summary>
    public static async Task Choose(this IPage page, string selector, string value)
    {
        var list = await page.TabTo(selector);
        var choices = await list.Locator("option").CountAsync();
        for (var steps = 0; steps < choices && await list.InputValueAsync() != value; steps++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Assertions.Expect(list).ToHaveValueAsync(value);
    }

    /// <summary>How many pixels the page is wider than its window.</summary>
    public static async Task<int> Overflow(this IPage page) => int.Parse(
        await page.EvaluateAsync<string>("`${document.documentElement.scrollWidth - document.documentElement.clientWidth}`"),
        CultureInfo.InvariantCulture);
}
