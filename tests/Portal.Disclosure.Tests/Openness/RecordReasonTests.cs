using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Shared.Actors;

namespace Portal.Disclosure.Tests.Openness;

/// <summary>Why something was late is said by a person, stays, and edits nothing away.</summary>
public sealed class RecordReasonTests(OpennessHost host) : IClassFixture<OpennessHost>
{
    [Fact]
    public async Task A_reason_is_kept_shown_and_sealed_and_the_item_stays_late()
    {
        var item = await host.Item();
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        var path = $"/console/disclosure/openness/{item.Id}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await author.Post(path + "/reasons", new() { ["Reason"] = "  " }, path)).Status);
        for (var twice = 0; twice < 2; twice++)
        {
            Assert.Equal(
                HttpStatusCode.Redirect, (await author.Post(path + "/reasons", new() { ["Reason"] = "印刷设备故障。" }, path)).Status);
        }

        Assert.Contains("印刷设备故障", (await author.Get(path)).Text, StringComparison.Ordinal);
        var list = await author.Get("/console/disclosure/openness");
        Assert.Contains("印刷设备故障", list.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.Read(db => db.OpennessReasons.CountAsync(reason => reason.ItemId == item.Id)));
        Assert.Equal("印刷设备故障。", Assert.Single(await host.DecisionsOn("disclosure.openness.explained", item.Id)).Opinion);
        var kept = await host.Read(db => db.OpennessItems.AsNoTracking().SingleAsync(row => row.Id == item.Id));
        Assert.Equal((item.DueAt, true), (kept.DueAt, kept.IsLate(host.Clock.GetUtcNow())));

        await using var database = NpgsqlDataSource.Create(host.OwnerConnection);
        await using var change = database.CreateCommand("delete from disclosure.openness_reasons");
        Assert.Equal("P0001", (await Assert.ThrowsAsync<PostgresException>(() => change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    [Fact]
    public async Task Nobody_explains_what_is_not_late_or_not_theirs()
    {
        var timely = await host.Item(due: host.Clock.GetUtcNow().AddDays(9));
        var other = await host.Item("yunpu");
        var author = await host.SignInAs(await host.Data.Staff(Role.Author, "jyt"));
        var writer = await host.SignInAs(await host.Data.Staff(Role.Author));
        var reviewer = await host.SignInAs(await host.Data.Staff(Role.FirstReviewer, "yunpu"));
        Dictionary<string, string> form = new() { ["Reason"] = "原因" };
        Assert.Equal(HttpStatusCode.Conflict, (await writer.Post($"/console/disclosure/openness/{timely.Id}/reasons", form, "/console/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await author.Post($"/console/disclosure/openness/{other.Id}/reasons", form, "/console/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await author.Get($"/console/disclosure/openness/{other.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.Post($"/console/disclosure/openness/{other.Id}/reasons", form, "/console/account")).Status);
    }
}
