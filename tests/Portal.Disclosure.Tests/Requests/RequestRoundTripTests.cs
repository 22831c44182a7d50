using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>How often the lists ask the database.</summary>
public sealed class RequestRoundTripTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task The_list_asks_as_many_questions_for_forty_as_for_one()
    {
        var officer = await desk.Officer();
        await desk.Submitted();
        var browser = await desk.As(officer);
        await browser.Get("/console/requests?set=All");
        var few = await Queries(browser);
        foreach (var _ in Enumerable.Range(0, 6))
        {
            await desk.Submitted();
        }

        Assert.Equal(few, await Queries(browser));
        Assert.InRange(few, 1, 14);
    }

    private static async Task<int> Queries(Browser browser)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(200, (int)(await browser.Get("/console/requests?set=All")).Status);
        return count.Count;
    }
}
