using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.ErrorReports;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>Lists by who asks and by due date, batches from them, and what a calendar moves.</summary>
public sealed class ListErrorReportsTests(ErrorDesk desk) : IClassFixture<ErrorDesk>
{
    [Fact]
    public async Task Everybody_finds_what_is_theirs_to_do_and_late_is_worked_out()
    {
        var fresh = await Number(await desk.Driven(ErrorState.Submitted));
        var returned = await Number(await desk.Driven(ErrorState.Returned));
        var handled = await Number(await desk.Driven(ErrorState.Handling));
        var closed = await Number(await desk.Driven(ErrorState.Closed));
        var (office, unit) = (await desk.Desk(), await desk.Unit());
        await Holds(office, "ToForward", [fresh, returned], [handled, closed]);
        await Holds(office, "All", [fresh, returned, handled, closed], []);
        await Holds(unit, "ToHandle", [handled], [fresh, returned, closed]);
        await Holds(unit, "ToForward", [], [fresh, returned, handled]);
        await Holds(await desk.Outsider(), "All", [], [fresh, returned, handled, closed]);
        await Holds(office, "Late", [], [fresh, handled]);
        Assert.Equal(403, (int)(await (await desk.As(await desk.Data.Staff(Role.Author, ErrorDesk.SiteKey))).Get("/console/error-reports")).Status);

        desk.GoOn(2);
        await Holds(office, "Late", [fresh], [handled]);
        desk.GoOn(2);
        await Holds(office, "Late", [fresh, returned, handled], [closed]);
        var console = await (await desk.As(office)).Get("/console");
        Assert.NotNull(console.Document.QuerySelector("nav a[href='/console/error-reports']"));
        Assert.Contains("找错：逾期", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticked_reports_go_to_one_unit_each_by_itself_and_one_out_of_reach_stops_all()
    {
        var (first, second) = (await desk.Driven(ErrorState.Submitted), await desk.Driven(ErrorState.Submitted));
        var office = await desk.Desk();
        var done = await Forward(office, await Ticked(first), $"{second}:99");
        Assert.Equal(200, (int)done.Status);
        Assert.Equal((ErrorState.Forwarded, ErrorState.Submitted), ((await desk.Find(first)).State, (await desk.Find(second)).State));
        Assert.Equal(422, (int)(await Forward(office)).Status);
        Assert.Equal(404, (int)(await Forward(await desk.Outsider(), await Ticked(second))).Status);
        Assert.Equal(ErrorState.Submitted, (await desk.Find(second)).State);
    }

    [Fact]
    public async Task A_batch_that_is_wrong_comes_back_as_it_was_filled_in()
    {
        var (first, second) = (await desk.Driven(ErrorState.Submitted), await desk.Driven(ErrorState.Submitted));
        var browser = await desk.As(await desk.Desk());
        var list = await browser.Get("/console/error-reports?set=ToForward");
        var wrong = await browser.PostRaw(
            "/console/error-reports/forward",
            [new("_token", list.Token!), new("UnitSiteId", ""), new("Note", "请一周内办结。"), new("Chosen", await Ticked(first))]);
        Assert.Equal(422, (int)wrong.Status);
        Assert.NotNull(wrong.Document.QuerySelector(".govuk-error-summary a[href='#UnitSiteId']"));
        Assert.NotNull(wrong.Document.QuerySelector("#UnitSiteId.govuk-select--error"));
        Assert.Equal("请一周内办结。", wrong.Document.QuerySelector("#Note")!.TextContent.Trim());
        Assert.NotNull(wrong.Document.QuerySelector($"input[name=Chosen][value^='{first}'][checked]"));
        Assert.NotNull(wrong.Document.QuerySelector($"input[name=Chosen][value^='{second}']:not([checked])"));
        // Nothing ticked: the summary leads to the first box.
        var none = await browser.PostRaw("/console/error-reports/forward", [new("_token", list.Token!), new("UnitSiteId", desk.Site(ErrorDesk.UnitKey).Id.ToString())]);
        Assert.NotNull(none.Document.QuerySelector(".govuk-error-summary a[href='#Chosen']"));
        Assert.NotNull(none.Document.QuerySelector("#Chosen"));
        Assert.Equal(desk.Site(ErrorDesk.UnitKey).Id.ToString(), none.Document.QuerySelector("#UnitSiteId option[selected]")!.GetAttribute("value"));
        // The address, taken by itself, is the list's.
        var alone = await browser.Get("/console/error-reports/forward");
        Assert.Equal((302, "/console/error-reports"), ((int)alone.Status, alone.Location));
    }

    [Fact]
    public async Task A_list_is_taken_away_as_a_workbook_on_the_record()
    {
        var number = await Number(await desk.Driven(ErrorState.Submitted));
        var browser = await desk.As(await desk.Desk());
        var file = await browser.Post("/console/error-reports/export", new() { ["set"] = "All", ["q"] = number }, "/console/account/password");
        Assert.Equal(200, (int)file.Status);
        using var archive = new ZipArchive(new MemoryStream(file.Bytes));
        var sheet = archive.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal));
        using var reader = new StreamReader(sheet.Open(), Encoding.UTF8);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains(number, text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("<x:row").Length - 1);
    }

    [Fact]
    public async Task A_day_that_a_calendar_moves_is_a_step_with_both_dates()
    {
        var (moved, stays) = (await desk.Driven(ErrorState.Forwarded), await desk.Driven(ErrorState.Forwarded));
        var due = (await desk.Find(moved)).DueOn;
        // As a former calendar had read them.
        await desk.Read(db => db.ErrorReports.Where(row => row.Id == moved)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueOn, due.AddDays(-2)).SetProperty(row => row.CalendarVersion, "former")));
        await desk.Read(db => db.ErrorReports.Where(row => row.Id == stays)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CalendarVersion, "former")));
        Assert.Equal(1, await desk.Use<IServiceProvider, int>(services => services.GetRequiredService<RecountErrorReports>().RunAsync(default)));
        Assert.Equal((due, desk.Calendar.Version), ((await desk.Find(moved)).DueOn, (await desk.Find(moved)).CalendarVersion));
        Assert.Equal(desk.Calendar.Version, (await desk.Find(stays)).CalendarVersion);
        var step = await desk.Read(db => db.ErrorReportEvents.AsNoTracking().SingleAsync(row => row.ReportId == moved && row.Trigger == ErrorTrigger.Recount));
        Assert.Equal(due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), step.Facts["to"]);
    }

    private async Task Holds(Person person, string set, string[] within, string[] without)
    {
        var text = (await (await desk.As(person)).Get("/console/error-reports?set=" + set)).Text;
        Assert.All(within, number => Assert.True(text.Contains(number, StringComparison.Ordinal), $"{set} of {person.UserName} lacks {number}"));
        Assert.All(without, number => Assert.False(text.Contains(number, StringComparison.Ordinal), $"{set} of {person.UserName} holds {number}"));
    }

    private async Task<string> Number(Guid id) => (await desk.Find(id)).Number;

    private async Task<string> Ticked(Guid id) => $"{id}:{(await desk.Find(id)).Version}";

    private async Task<Answer> Forward(Person person, params string[] chosen)
    {
        var browser = await desk.As(person);
        var token = (await browser.Get("/console/account/password")).Token!;
        List<KeyValuePair<string, string>> form = [new("_token", token), new("UnitSiteId", desk.Site(ErrorDesk.UnitKey).Id.ToString()), new("Note", "")];
        form.AddRange(chosen.Select(value => KeyValuePair.Create("Chosen", value)));
        return await browser.PostRaw("/console/error-reports/forward", form);
    }
}
