using Portal.Interaction.Letters;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>How often the desk asks the database.</summary>
public sealed class LetterRoundTripTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    [Fact]
    public async Task List_and_page_ask_as_many_questions_for_many_letters_and_steps_as_for_few()
    {
        var officer = await desk.Officer();
        var few = await desk.Driven(LetterState.Submitted);
        var many = await desk.Driven(LetterState.Closed);
        var browser = await desk.As(officer);
        foreach (var path in new[] { "/console/letters?set=All", "/console/letters?set=ToDispatch", $"/console/letters/{few}" })
        {
            await browser.Get(path);
        }

        var list = await Queries(browser, "/console/letters?set=All");
        var page = await Queries(browser, $"/console/letters/{few}");
        foreach (var _ in Enumerable.Range(0, 6))
        {
            await desk.Driven(LetterState.Accepted);
        }

        Assert.Equal(list, await Queries(browser, "/console/letters?set=All"));
        Assert.Equal(page, await Queries(browser, $"/console/letters/{many}"));
        Assert.InRange(list, 1, 14);
        Assert.InRange(page, 1, 18);
    }

    private static async Task<int> Queries(Browser browser, string path)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(200, (int)(await browser.Get(path)).Status);
        return count.Count;
    }
}
