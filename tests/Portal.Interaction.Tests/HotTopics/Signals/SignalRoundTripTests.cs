using Portal.Testing;

namespace Portal.Interaction.Tests.HotTopics.Signals;

/// <summary>How often lists and pages ask the database.</summary>
public sealed class SignalRoundTripTests(SignalDesk desk) : IClassFixture<SignalDesk>
{
    [Fact]
    public async Task Lists_and_pages_ask_as_many_questions_for_many_signals_as_for_few()
    {
        var first = await desk.Raised("第一条线索");
        var browser = await desk.OfficerOf();
        string[] pages = ["/console/hot-topics/signals", $"/console/hot-topics/signals/{first.Id}", "/console/hot-topics/signals/feeds"];
        List<int> before = [];
        foreach (var page in pages)
        {
            await browser.Get(page);
            before.Add(await Queries(browser, page));
        }

        foreach (var index in Enumerable.Range(0, 50))
        {
            await desk.Raised($"又一条线索，第{index}号");
        }

        foreach (var (page, count) in pages.Zip(before))
        {
            // What a session looks up now and then is none of the page's.
            await browser.Get(page);
            Assert.Equal((page, count), (page, await Queries(browser, page)));
            Assert.InRange(count, 1, 16);
        }

        var list = await browser.Get(pages[0]);
        Assert.Equal(40, list.Document.QuerySelectorAll("tbody tr").Length);
        var older = list.Document.QuerySelectorAll("a").Single(link => link.GetAttribute("href")?.Contains("cursor=", StringComparison.Ordinal) == true);
        Assert.Equal(11, (await browser.Get(older.GetAttribute("href")!)).Document.QuerySelectorAll("tbody tr").Length);
    }

    private static async Task<int> Queries(Browser browser, string path)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(200, (int)(await browser.Get(path)).Status);
        return count.Count;
    }
}
