using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Requests;
using Portal.Disclosure.Requests.RecountDeadlines;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>Lists by due date, and dates that a calendar moves.</summary>
public sealed class ListRequestsTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task Near_and_late_are_worked_out_against_today()
    {
        var officer = await desk.Officer();
        var id = await Confirmed(officer, ("Title", "快到期的资料"));
        var browser = await desk.As(officer);
        Assert.DoesNotContain("快到期的资料", (await browser.Get("/console/requests?set=Near")).Text, StringComparison.Ordinal);
        desk.GoOn(16);
        browser = await desk.As(officer);
        Assert.Contains("快到期的资料", (await browser.Get("/console/requests?set=Near")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("快到期的资料", (await browser.Get("/console/requests?set=Late")).Text, StringComparison.Ordinal);
        desk.GoOn(5);
        browser = await desk.As(officer);
        Assert.DoesNotContain("快到期的资料", (await browser.Get("/console/requests?set=Near")).Text, StringComparison.Ordinal);
        Assert.Contains("快到期的资料", (await browser.Get("/console/requests?set=Late")).Text, StringComparison.Ordinal);
        Assert.Contains("快到期的资料", (await browser.Get("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(RequestState.Received, (await desk.Find(id)).State);
    }

    [Fact]
    public async Task A_date_that_a_calendar_moves_is_a_step_that_the_applicant_sees()
    {
        var officer = await desk.Officer();
        var id = await Confirmed(officer);
        var stays = await Confirmed(officer);
        var due = (await desk.Find(id)).DueOn!.Value;
        // As a former calendar had read them.
        await desk.Read(db => db.Requests.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueOn, due.AddDays(-3)).SetProperty(row => row.CalendarVersion, "former")));
        await desk.Read(db => db.Requests.Where(row => row.Id == stays)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CalendarVersion, "former")));
        Assert.Equal(1, await desk.Use<RecountDeadlines, int>(recount => recount.RunAsync("", CancellationToken.None)));
        Assert.Equal((due, desk.Calendar.Version), ((await desk.Find(id)).DueOn, (await desk.Find(id)).CalendarVersion));
        Assert.Equal(desk.Calendar.Version, (await desk.Find(stays)).CalendarVersion);
        var step = (await desk.Case(id)).Last(RequestTrigger.Recount)!;
        Assert.Equal(due.ToString("yyyy-MM-dd", null), step.Facts["to"]);
        Assert.Null((await desk.Case(stays)).Last(RequestTrigger.Recount));
    }

    private async Task<Guid> Confirmed(Person officer, params (string Name, string Value)[] changes)
    {
        var id = (await desk.Submitted(changes)).Id;
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        return id;
    }
}
