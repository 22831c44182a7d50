using Portal.Interaction.ErrorReports;
using Portal.Testing;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>How often lists and pages ask the database.</summary>
public sealed class ErrorReportRoundTripTests(ErrorDesk desk) : IClassFixture<ErrorDesk>
{
    [Fact]
    public async Task Lists_and_pages_ask_as_many_questions_for_many_reports_as_for_few()
    {
        var few = await desk.Driven(ErrorState.Forwarded);
        var browser = await desk.As(await desk.Desk());
        string[] lists = ["/console/error-reports?set=All", "/console/error-reports?set=ToHandle", $"/console/error-reports/{few}"];
        foreach (var path in lists)
        {
            await browser.Get(path);
        }

        List<int> before = [];
        foreach (var path in lists)
        {
            before.Add(await Queries(browser, path));
        }

        var closed = await desk.Driven(ErrorState.Closed);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await desk.Driven(ErrorState.Forwarded);
        }

        Assert.Equal(before[0], await Queries(browser, lists[0]));
        Assert.Equal(before[1], await Queries(browser, lists[1]));
        Assert.InRange(await Queries(browser, $"/console/error-reports/{closed}"), 1, 18);
        Assert.All(before, count => Assert.InRange(count, 1, 18));

        // In public: one question for the list, one for the figures, beside what every page asks.
        var visitor = desk.Visitor(ErrorDesk.SiteKey);
        Assert.InRange(await Queries(visitor, "/error-reports"), 1, 4);
        Assert.InRange(await Queries(visitor, "/error-reports/statistics"), 1, 4);
    }

    private static async Task<int> Queries(Browser browser, string path)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(200, (int)(await browser.Get(path)).Status);
        return count.Count;
    }
}
