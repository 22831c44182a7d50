using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>Records of one title, day and issuer under different index numbers.</summary>
public sealed class LikeRecordsTests(DockingHost host) : IClassFixture<DockingHost>
{
    private const string Directory = TestData.ProvinceKey;

    [Fact]
    public async Task From_two_sources_the_second_waits_for_a_person_who_finds_that_it_is_the_same()
    {
        var (left, right) = (await host.Source(), await host.Source());
        using var first = await host.Partner(left);
        using var second = await host.Partner(right);
        var (one, two) = (host.Number(), host.Number());
        Assert.Equal(["added"], (await first.Push(Directory, "k1", [Record(one, "同一份通知")])).Results());
        var answer = await second.Push(Directory, "k1", [Record(two, "同一份通知")]);
        Assert.Equal(["quarantined"], answer.Results());
        Assert.Contains(one, answer.Json().GetProperty("items")[0].GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Null(await Entry(two));

        var item = await host.Read(db => db.DockingQuarantine.AsNoTracking().SingleAsync(row => row.SourceId == right.Id));
        Assert.Equal(QuarantineCause.SameDocument, item.Cause);
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        Assert.Contains("疑似同一文件", (await admin.Get("/console/docking/quarantine")).Text);
        var address = $"/console/docking/quarantine/{item.Id}";
        Assert.DoesNotContain("TakeIncoming", (await admin.Get(address)).Text);
        Assert.Equal(302, (int)(await admin.Post(address, new() { ["Decision"] = "KeepExisting", ["Reason"] = "已核实为同一文件。" })).Status);
        // The decision holds for what comes later, as long as it still looks the same.
        Assert.Equal(["quarantined"], (await second.Push(Directory, "k2", [Record(two, "同一份通知", 2)])).Results());
        Assert.Null(await Entry(two));
        Assert.Equal(["added"], (await second.Push(Directory, "k3", [Record(two, "其实是另一份通知", 3)])).Results());
    }

    [Fact]
    public async Task A_person_may_find_that_they_are_two()
    {
        var (left, right) = (await host.Source(), await host.Source());
        using var first = await host.Partner(left);
        using var second = await host.Partner(right);
        var (one, two) = (host.Number(), host.Number());
        await first.Push(Directory, "k1", [Record(one, "任免通知")]);
        Assert.Equal(["quarantined"], (await second.Push(Directory, "k1", [Record(two, "任免通知")])).Results());
        var item = await host.Read(db => db.DockingQuarantine.AsNoTracking().SingleAsync(row => row.SourceId == right.Id));
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        Assert.Equal(302, (int)(await admin.Post(
            $"/console/docking/quarantine/{item.Id}", new() { ["Decision"] = "KeepBoth", ["Reason"] = "任免的人不同。" })).Status);
        Assert.Equal(EntryState.Listed, (await Entry(two))!.State);
        Assert.Equal(["updated"], (await second.Push(Directory, "k2", [Record(two, "任免通知（二）", 2)])).Results());
    }

    [Fact]
    public async Task What_no_longer_looks_the_same_leaves_the_quarantine_by_itself()
    {
        var (left, right) = (await host.Source(), await host.Source());
        using var first = await host.Partner(left);
        using var second = await host.Partner(right);
        var (one, two) = (host.Number(), host.Number());
        await first.Push(Directory, "k1", [Record(one, "年度计划")]);
        await second.Push(Directory, "k1", [Record(two, "年度计划")]);
        Assert.Equal(["added"], (await second.Push(Directory, "k2", [Record(two, "年度计划（修订）", 2)])).Results());
        Assert.False(await host.Read(db => db.DockingQuarantine.AnyAsync(row => row.SourceId == right.Id)));
    }

    [Fact]
    public async Task From_one_source_both_go_in_with_a_warning_and_document_numbers_that_differ_make_two()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        var (one, two, three) = (host.Number(), host.Number(), host.Number());
        var other = Record(three, "一事一文");
        other["metadata"]!["documentNumber"] = "松教发〔2026〕999号";
        var answer = await partner.Push(Directory, "k1", [Record(one, "一事一文"), Record(two, "一事一文"), other]);
        Assert.Equal(["added", "added", "added"], answer.Results());
        var warnings = answer.Json().GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("warnings").GetArrayLength()).ToList();
        Assert.Equal([0, 1, 0], warnings);
        var run = await host.Read(db => db.DockingRuns.AsNoTracking().SingleAsync(row => row.SourceId == source.Id));
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        Assert.Contains("疑似重复登记", (await admin.Get($"/console/docking/runs/{run.Id}")).Text);
    }

    [Fact]
    public async Task A_directory_that_comes_once_more_under_other_numbers_is_stopped()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        var titles = Enumerable.Range(1, 12).Select(i => $"整批重复第{i}号").ToList();
        Assert.All((await partner.Push(Directory, "k1", titles.Select(title => Record(host.Number(), title)))).Results(), result => Assert.Equal("added", result));
        Assert.Equal(
            "source.guard",
            (await partner.Push(Directory, "k2", titles.Select(title => Record(host.Number(), title)))).Code(HttpStatusCode.Conflict));
        Assert.Contains("疑似整批重复", (await host.Reload(source)).HeldFor);
        Assert.Equal(12, await host.Read(db => db.Entries.CountAsync(entry => entry.Title.StartsWith("整批重复"))));
    }

    private static JsonObject Record(string number, string title, long version = 1)
    {
        var record = Partner.Record(number, version, title);
        record["metadata"]!["documentNumber"] = "松教发〔2026〕1号";
        return record;
    }

    private Task<DirectoryEntry?> Entry(string number) =>
        host.Read(db => db.Entries.AsNoTracking().SingleOrDefaultAsync(entry => entry.IndexNumber == number));
}
