using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Disclosure.Openness;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

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
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await author.Post(path + "/reasons", new() { ["Reason"] = "设备故障了一次。" }, path)).Status);
        for (var twice = 0; twice < 2; twice++)
        {
            Assert.Equal(
                HttpStatusCode.Redirect, (await author.Post(path + "/reasons", new() { ["Reason"] = "印刷设备发生故障，推迟印发。" }, path)).Status);
        }

        Assert.Contains("印刷设备发生故障", (await author.Get(path)).Text, StringComparison.Ordinal);
        var list = await author.Get("/console/disclosure/openness");
        Assert.Contains("印刷设备发生故障", list.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.Read(db => db.OpennessReasons.CountAsync(reason => reason.ItemId == item.Id)));
        Assert.Equal("印刷设备发生故障，推迟印发。", Assert.Single(await host.DecisionsOn("disclosure.openness.explained", item.Id)).Opinion);
        var kept = await host.Read(db => db.OpennessItems.AsNoTracking().SingleAsync(row => row.Id == item.Id));
        Assert.Equal((item.DueAt, true), (kept.DueAt, kept.IsLate(host.Clock.GetUtcNow())));

        await using var database = NpgsqlDataSource.Create(host.OwnerConnection);
        await using var change = database.CreateCommand("delete from disclosure.openness_reasons");
        Assert.Equal("P0001", (await Assert.ThrowsAsync<PostgresException>(() => change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    [Fact]
    public async Task The_public_reads_on_the_record_when_it_was_due_when_it_came_and_why()
    {
        var entry = await host.Entry(await host.Channel("jyt"), edition => edition.Fields["issuedOn"] = "2025-01-06");
        var late = await host.Read(db => db.OpennessItems.AsNoTracking().SingleAsync(
            item => item.SubjectId == entry.DocumentId && item.Kind == OpennessKind.Normative));
        Assert.True(late.IsLate(host.Clock.GetUtcNow()));
        using var visitor = host.Visitor("jyt");
        var address = "/disclosure/records/" + entry.Id;
        var row = RowOf(await visitor.Get(address));
        Assert.Contains($"最迟应于{BeijingTime.Day(late.DueAt.AddDays(-1))}公开，实际于{BeijingTime.Day(late.DoneAt!.Value)}公开", row, StringComparison.Ordinal);
        Assert.DoesNotContain("逾期原因", row, StringComparison.Ordinal);

        var author = await host.SignInAs(await host.Data.Staff(Role.Author, "jyt"));
        var path = $"/console/disclosure/openness/{late.Id}";
        foreach (var reason in new[] { "会签单位较多，征求意见超期。", "补充说明：已经改为网上并联会签。" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await author.Post(path + "/reasons", new() { ["Reason"] = reason }, path)).Status);
            Assert.Contains("逾期原因：" + reason, RowOf(await visitor.Get(address)), StringComparison.Ordinal);
        }

        Assert.Contains("会签单位较多", RowOf(await visitor.Get(address)), StringComparison.Ordinal);
        var timely = await host.Entry(await host.Channel("jyt"), edition => edition.Fields["issuedOn"] = OpennessHost.Iso(host.Today));
        Assert.Null((await visitor.Get("/disclosure/records/" + timely.Id)).Document.QuerySelectorAll(".p-metadata dt").FirstOrDefault(name => name.TextContent == "上网公开时限"));
    }

    private static string RowOf(Answer page) =>
        page.Document.QuerySelectorAll(".p-metadata dt").Single(name => name.TextContent == "上网公开时限").NextElementSibling!.TextContent;

    [Fact]
    public async Task Nobody_explains_what_is_not_late_or_not_theirs()
    {
        var timely = await host.Item(due: host.Clock.GetUtcNow().AddDays(9));
        var other = await host.Item("yunpu");
        var author = await host.SignInAs(await host.Data.Staff(Role.Author, "jyt"));
        var writer = await host.SignInAs(await host.Data.Staff(Role.Author));
        var reviewer = await host.SignInAs(await host.Data.Staff(Role.FirstReviewer, "yunpu"));
        Dictionary<string, string> form = new() { ["Reason"] = "因故推迟了若干天公开" };
        Assert.Equal(HttpStatusCode.Conflict, (await writer.Post($"/console/disclosure/openness/{timely.Id}/reasons", form, "/console/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await author.Post($"/console/disclosure/openness/{other.Id}/reasons", form, "/console/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await author.Get($"/console/disclosure/openness/{other.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.Post($"/console/disclosure/openness/{other.Id}/reasons", form, "/console/account")).Status);
    }
}
