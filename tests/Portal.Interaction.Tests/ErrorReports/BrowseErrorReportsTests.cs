using Portal.Interaction.ErrorReports;
using Portal.Interaction.ErrorReports.BrowseErrorReports;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>What everybody sees: results without what proved untrue, never words or reporter; figures by site.</summary>
public sealed class BrowseErrorReportsTests(ErrorDesk desk) : IClassFixture<ErrorDesk>
{
    [Fact]
    public async Task Results_are_public_unless_untrue_and_name_nobody()
    {
        var told = await Answered("公开的公告", ErrorResult.Corrected);
        var explained = await Answered("已说明的公告", ErrorResult.Explained);
        var untrue = await Answered("不属实的公告", ErrorResult.Untrue);
        await desk.Submit("?page=/" + (await desk.Publish("尚未答复的公告")).Path);
        var page = await desk.Visitor(ErrorDesk.SiteKey).Get("/error-reports");
        Assert.Equal(200, (int)page.Status);
        Assert.Null(page.Header("Set-Cookie"));
        var rows = page.Document.QuerySelectorAll(".p-results__item").Select(row => row.TextContent).ToList();
        Assert.Contains(rows, row => row.Contains("公开的公告", StringComparison.Ordinal) && row.Contains("已更正", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("已说明的公告", StringComparison.Ordinal));
        Assert.DoesNotContain("不属实的公告", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("尚未答复的公告", page.Text, StringComparison.Ordinal);
        Assert.All(new[] { told, explained, untrue }, number => Assert.DoesNotContain(number, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("这里有错别字", page.Text, StringComparison.Ordinal);
        Assert.Empty((await desk.Visitor("jyt").Get("/error-reports")).Document.QuerySelectorAll(".p-results__item"));
    }

    [Fact]
    public async Task Figures_count_times_and_results_by_site_and_come_as_a_table_and_a_file()
    {
        var early = (await desk.Find(await Submitted("统计甲"))).Id;
        var late = (await desk.Find(await Submitted("统计乙"))).Id;
        var before = await Figures();
        await Step(early, ErrorTrigger.Forward, ErrorTrigger.TakeOn, ErrorTrigger.Answer);
        desk.GoOn(4);
        await Step(late, ErrorTrigger.Forward, ErrorTrigger.TakeOn, ErrorTrigger.Answer);
        var after = await Figures();
        Assert.Equal(
            (0, 1, 1, 2, 2),
            (after.Received - before.Received, after.ForwardedInTime - before.ForwardedInTime, after.AnsweredInTime - before.AnsweredInTime,
                after.Answered - before.Answered, after.Corrected - before.Corrected));
        Assert.Equal(after.Answered, after.AnswerDue);

        var page = await desk.Visitor().Get("/error-reports/statistics");
        Assert.Contains(page.Document.QuerySelectorAll("tbody th"), cell => cell.TextContent == "云浦市人民政府");
        var file = await desk.Visitor().Get("/error-reports/statistics.csv");
        Assert.StartsWith("text/csv", file.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("\"云浦市人民政府\",\"" + after.Received.ToString(System.Globalization.CultureInfo.InvariantCulture) + "\"", file.Text, StringComparison.Ordinal);
        foreach (var year in new[] { "1999", "2100", "abcd", "-1" })
        {
            Assert.Equal(404, (int)(await desk.Visitor().Get("/error-reports/statistics?year=" + year)).Status);
        }
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, 3, 33)]
    [InlineData(2, 3, 67)]
    [InlineData(3, 3, 100)]
    public void A_share_is_a_whole_percent_and_nothing_of_nothing(int part, int whole, int? share) =>
        Assert.Equal(share, ErrorFigures.Share(part, whole));

    private async Task<string> Submitted(string title) =>
        ErrorDesk.Receipt(await desk.Submit("?page=/" + (await desk.Publish(title)).Path)).Number;

    private async Task<string> Answered(string title, ErrorResult result)
    {
        var number = await Submitted(title);
        var answer = await desk.Step(await desk.Desk(), (await desk.Find(number)).Id, ErrorTrigger.Answer, ("Result", result.ToString()));
        Assert.Equal(302, (int)answer.Status);
        return number;
    }

    private async Task Step(Guid id, params ErrorTrigger[] triggers)
    {
        foreach (var trigger in triggers)
        {
            await desk.Take(id, trigger);
        }
    }

    private Task<ErrorFigures> Figures() => desk.Use<MediatR.ISender, ErrorFigures>(async sender =>
        (await sender.Send(new CountErrorReports(desk.Site(ErrorDesk.SiteKey).Id, 2026))).Single(row => row.SiteName == "云浦市人民政府"));
}
