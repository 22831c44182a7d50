using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>Signed batches over HTTP: who may send them, what becomes of each record, what stops them.</summary>
public sealed class ReceiveBatchTests(DockingHost host) : IClassFixture<DockingHost>
{
    private const string Directory = TestData.ProvinceKey;

    [Fact]
    public async Task Each_record_has_a_result_and_the_good_ones_become_entries()
    {
        using var partner = await host.Partner(await host.Source());
        var (first, second) = (host.Number(), host.Number());
        var wrong = Record(host.Number());
        wrong["metadata"]!["subject"] = "99999";
        wrong["metadata"]!["writtenOn"] = "2099-01-01";
        var shapeless = Record(host.Number());
        shapeless["metadata"] = 7;
        var answer = await partner.Push(Directory, "k1", [Record(first), wrong, shapeless, Record(second), Tombstone(second, 2), Record(first)]);

        Assert.Equal(["added", "rejected", "rejected", "added", "withdrawn", "unchanged"], answer.Results());
        var errors = answer.Json().GetProperty("items")[1].GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("field").GetString()).Order().ToList();
        Assert.Equal(["items[1].metadata.subject", "items[1].metadata.writtenOn"], errors);
        var entry = await Entry(first);
        Assert.Equal((EntryOrigin.Docked, EntryState.Listed, host.Site("jyt").Id), (entry!.Origin, entry.State, entry.SiteId));
        Assert.Equal("1102", entry.Subject);
        var gone = (await Entry(second))!;
        Assert.Equal(EntryState.Withdrawn, gone.State);
        Assert.False(await host.Read(db => db.Listings.AnyAsync(row => row.EntryId == gone.Id)));
    }

    [Fact]
    public async Task A_pushed_record_reaches_no_further_than_the_site_of_its_source()
    {
        const string Above = "云政发〔2018〕8099号";
        var province = await host.Entry(await host.Channel(), edition => edition.Fields["documentNumber"] = Above);
        var source = await host.Source("jyt");
        using var partner = await host.Partner(source);
        var claim = Record(host.Number(), title: "关于废止上级文件的通知");
        claim["metadata"]!["publisher"] = "云岭省人民政府";
        claim["metadata"]!["relation"] = new JsonArray("repeals " + Above);
        var answer = await partner.Push(Directory, "reach", [claim]);
        Assert.Equal(["added"], answer.Results());
        var warning = Assert.Single(answer.Json().GetProperty("items")[0].GetProperty("warnings").EnumerateArray());
        Assert.Equal("items[0].metadata.relation", warning.GetProperty("field").GetString());
        Assert.Contains("不能改变其效力", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
        using var visitor = host.Visitor();
        Assert.Empty((await visitor.Get("/disclosure/records/" + province.Id)).Document.QuerySelectorAll(".p-related__item"));
    }

    [Fact]
    public async Task What_a_source_withholds_is_public_nowhere_and_what_is_had_on_request_travels_without_its_text()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        using var reader = await host.Partner(source, CredentialDirection.Read);
        var (withheld, asked, open) = (host.Number(), host.Number(), host.Number());
        JsonObject Of(string number, string openness, long version = 1)
        {
            var record = Record(number, version, "关于公开属性的记录" + number);
            record["metadata"]!["openness"] = openness;
            record["metadata"]!["withheldGround"] = "内部事务信息";
            record["body"] = "只有申请人能看的内容。";
            return record;
        }

        var answer = await partner.Push(Directory, "rights", [Of(withheld, "withheld"), Of(asked, "on-request"), Of(open, "proactive")]);
        Assert.Equal(["added", "added", "added"], answer.Results());
        var (hidden, listed, shown) = ((await Entry(withheld))!, (await Entry(asked))!, (await Entry(open))!);
        Assert.Equal(
            [EntryState.Withheld, EntryState.Listed, EntryState.Listed], new[] { hidden.State, listed.State, shown.State });
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/disclosure/records/" + hidden.Id)).Status);
        Assert.DoesNotContain("只有申请人能看的内容", (await visitor.Get("/disclosure/records/" + listed.Id)).Text, StringComparison.Ordinal);
        Assert.Contains("只有申请人能看的内容", (await visitor.Get("/disclosure/records/" + shown.Id)).Text, StringComparison.Ordinal);

        async Task<Dictionary<string, JsonNode>> Feed() => JsonNode.Parse((await reader.Get(
                $"/api/docking/v1/changes?directory={Directory}&limit=1000")).Text)!["items"]!.AsArray()
            .ToDictionary(item => item!["indexNumber"]!.GetValue<string>(), item => item!);
        var feed = await Feed();
        Assert.DoesNotContain(withheld, feed.Keys);
        Assert.Null(feed[asked]["body"]);
        Assert.NotNull(feed[open]["body"]);
        Assert.DoesNotContain(
            withheld, (await reader.Get($"/api/docking/v1/entries?directory={Directory}&number={Uri.EscapeDataString(withheld)}")).Text, StringComparison.Ordinal);

        Assert.Equal(["updated"], (await partner.Push(Directory, "rights2", [Of(open, "withheld", 2)])).Results());
        await host.DrainOutbox();
        Assert.Equal("tombstone", (await Feed())[open]["kind"]!.GetValue<string>());
        var gone = await visitor.Get("/disclosure/records/" + shown.Id);
        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.DoesNotContain("关于公开属性的记录", gone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_prove_who_it_is_is_told_why_and_nothing_happens()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        using var reader = await host.Partner(source, CredentialDirection.Read);
        using var revoked = await host.Partner(source, change: credential => credential.RevokedAt = host.Clock.GetUtcNow());
        using var other = await host.Partner(source);
        var number = host.Number();
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["items"] = new JsonArray(Record(number)) }.ToJsonString());
        const string Target = "/api/docking/v1/batches?directory=" + Directory;
        Task<Answer> Send(Partner who, TimeSpan shift = default, Func<string, string, string>? change = null, string target = Target) =>
            who.Send(HttpMethod.Post, target, body, "k", host.Clock.GetUtcNow() + shift, change);

        Assert.Equal("signature.missing", (await Send(partner, change: (name, value) => name == SignedRequests.SignatureHeader ? "" : value)).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("signature.wrong", (await Send(partner, change: (name, value) => name == SignedRequests.IdempotencyHeader ? "other" : value)).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("signature.wrong", (await Send(partner, change: (name, value) => name == SignedRequests.KeyHeader ? other.KeyId : value)).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("signature.wrong", (await Send(partner, change: (name, value) => name == SignedRequests.SignatureHeader ? "bm90IGEgc2lnbmF0dXJl" : value)).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("key.unknown", (await Send(partner, change: (name, value) => name == SignedRequests.KeyHeader ? "dk-nobody" : value)).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("clock.differs", (await Send(partner, TimeSpan.FromMinutes(-10))).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("clock.differs", (await Send(partner, TimeSpan.FromMinutes(10))).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("key.revoked", (await Send(revoked)).Code(HttpStatusCode.Unauthorized));
        Assert.Equal("key.direction", (await Send(reader)).Code(HttpStatusCode.Forbidden));
        Assert.Equal("directory.other", (await Send(partner, target: "/api/docking/v1/batches?directory=yunpu")).Code(HttpStatusCode.Forbidden));
        Assert.Null(await Entry(number));
    }

    [Fact]
    public async Task A_body_that_is_not_what_was_signed_or_no_batch_is_refused()
    {
        using var partner = await host.Partner(await host.Source());
        var target = "/api/docking/v1/batches?directory=" + Directory;
        var other = SignedRequests.HashOf("{}"u8);
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(partner.Pem);
        var headers = SignedRequests.HeadersOf(partner.KeyId, key, "POST", target, host.Clock.GetUtcNow(), "k", other);
        using var browser = host.Visitor();
        Assert.Equal("content.hash", (await browser.Send(
            HttpMethod.Post, target, new ByteArrayContent("[]"u8.ToArray()), [.. headers])).Code(HttpStatusCode.BadRequest));
        Assert.Equal("batch.malformed", (await partner.PushRaw(Directory, "k", "{\"items\":[{")).Code(HttpStatusCode.BadRequest));
        Assert.Equal("batch.items", (await partner.PushRaw(Directory, "k", "[]")).Code(HttpStatusCode.BadRequest));
        Assert.Equal("batch.items", (await partner.Push(Directory, "k", [])).Code(HttpStatusCode.BadRequest));
        Assert.Equal("batch.items", (await partner.Push(Directory, "k", Enumerable.Repeat(new JsonObject(), 1001))).Code(HttpStatusCode.BadRequest));
        Assert.Equal("idempotency.missing", (await partner.Send(HttpMethod.Post, target, "{}"u8.ToArray(), null)).Code(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_hundred_megabytes_are_refused_before_they_are_read()
    {
        using var partner = await host.Partner(await host.Source());
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(partner.Pem);
        const string Target = "/api/docking/v1/batches?directory=" + Directory;
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
        var head = new StringBuilder("POST " + Target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n");
        foreach (var (name, value) in SignedRequests.HeadersOf(partner.KeyId, key, "POST", Target, host.Clock.GetUtcNow(), "k", new string('0', 64)))
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n"), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 413", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [Fact]
    public async Task The_same_batch_again_gets_the_same_answer_and_another_under_its_key_a_conflict()
    {
        using var partner = await host.Partner(await host.Source());
        var record = Record(host.Number());
        var first = await partner.Push(Directory, "k1", [record]);
        var again = await partner.Push(Directory, "k1", [record]);
        Assert.Equal(["added"], first.Results());
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal("idempotency.reused", (await partner.Push(Directory, "k1", [Record(host.Number())])).Code(HttpStatusCode.Conflict));
        Assert.Equal(["unchanged"], (await partner.Push(Directory, "k2", [record])).Results());
    }

    [Fact]
    public async Task Older_versions_are_stale_and_a_version_says_one_thing_only()
    {
        using var partner = await host.Partner(await host.Source());
        var number = host.Number();
        Assert.Equal(["added"], (await partner.Push(Directory, "k1", [Record(number, 5, "第五版")])).Results());
        Assert.Equal(
            ["stale", "rejected", "updated"],
            (await partner.Push(Directory, "k2", [Record(number, 4, "第四版"), Record(number, 5, "另一个第五版"), Record(number, 6, "第六版")])).Results());
        Assert.Equal("第六版", (await Entry(number))!.Title);
    }

    [Fact]
    public async Task A_hash_that_is_not_that_of_the_record_is_said_and_nothing_is_kept()
    {
        using var partner = await host.Partner(await host.Source());
        var number = host.Number();
        var invented = Record(number);
        invented["contentHash"] = new string('a', 64);
        var answer = await partner.Push(Directory, "k1", [invented]);
        Assert.Equal(["rejected"], answer.Results());
        var error = answer.Json().GetProperty("items")[0].GetProperty("errors")[0];
        Assert.Equal("items[0].contentHash", error.GetProperty("field").GetString());
        var right = Portal.Disclosure.Tests.Docking.Partner.Sealed(Record(number))["contentHash"]!.GetValue<string>();
        Assert.Contains(right, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Null(await Entry(number));

        // Another text under the same version and the same hash is no news that may be lost, but a fault.
        Assert.Equal(["added"], (await partner.Push(Directory, "k2", [Record(number)])).Results());
        var other = Record(number, title: "另一份正文");
        other["contentHash"] = right;
        Assert.Equal(["rejected"], (await partner.Push(Directory, "k3", [other])).Results());
        other.Remove("contentHash");
        Assert.Equal(["rejected"], (await partner.Push(Directory, "k4", [other])).Results());
        // What both sides compare is what was verified, however its digits are written and its members ordered.
        var same = new JsonObject(Record(number).Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())))
        {
            ["contentHash"] = right.ToUpperInvariant(),
        };
        Assert.Equal(["unchanged"], (await partner.Push(Directory, "k5", [same])).Results());
        var bucket = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(number))[0];
        var records = (await partner.Get($"/api/docking/v1/buckets/{bucket}?directory={Directory}")).Json().GetProperty("records");
        Assert.Equal(right, Assert.Single(records.EnumerateArray()).GetProperty("contentHash").GetString());
    }

    [Fact]
    public async Task Whoever_means_a_trial_gets_one_or_is_told()
    {
        using var partner = await host.Partner(await host.Source());
        var number = host.Number();
        foreach (var value in new[] { "1", "yes", "", "true&dryRun=false" })
        {
            Assert.Equal("dryRun.malformed", (await partner.Push(Directory, "k1", [Record(number)], "&dryRun=" + value)).Code(HttpStatusCode.BadRequest));
        }

        Assert.Equal("parameter.unknown", (await partner.Push(Directory, "k1", [Record(number)], "&dry_run=true")).Code(HttpStatusCode.BadRequest));
        Assert.Equal(["added"], (await partner.Push(Directory, "k1", [Record(number)], "&dryRun=True")).Results());
        Assert.Null(await Entry(number));
        Assert.Equal(["added"], (await partner.Push(Directory, "k1", [Record(number)], "&dryRun=false")).Results());
    }

    [Fact]
    public async Task Numbers_and_days_that_cannot_be_are_said_for_what_they_are()
    {
        using var partner = await host.Partner(await host.Source());
        var never = await partner.Push(Directory, "k1", [Tombstone(host.Number(), 1)]);
        Assert.Equal(["unchanged"], never.Results());
        Assert.Equal(0, never.Json().GetProperty("withdrawn").GetInt32());
        Assert.Contains("没有收到过", never.Json().GetProperty("items")[0].GetProperty("warnings")[0].GetProperty("message").GetString());

        var far = Record(host.Number(), long.MaxValue);
        var later = Record(host.Number());
        later["updatedAt"] = "2099-01-01T00:00:00+08:00";
        var answer = await partner.Push(Directory, "k2", [far, later]);
        Assert.Equal(["rejected", "rejected"], answer.Results());
        Assert.Equal(
            ["items[0].version", "items[1].updatedAt"],
            answer.Json().GetProperty("items").EnumerateArray().Select(item => item.GetProperty("errors")[0].GetProperty("field").GetString()));

        Assert.Equal("idempotency.missing", (await partner.Push(Directory, new string('k', 500), [Record(host.Number())])).Code(HttpStatusCode.BadRequest));
        var broken = await partner.PushRaw(Directory, "k3", "{\"items\":[}");
        Assert.Equal("batch.malformed", broken.Code(HttpStatusCode.BadRequest));
        Assert.Contains("第1行、第11字节", broken.Json().GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Two_records_of_one_number_stand_beside_each_other_until_a_person_decides()
    {
        var (left, right) = (await host.Source(), await host.Source());
        using var first = await host.Partner(left);
        using var second = await host.Partner(right);
        var number = host.Number();
        Assert.Equal(["added"], (await first.Push(Directory, "k1", [Record(number, title: "甲系统的通知")])).Results());
        Assert.Equal(["quarantined"], (await second.Push(Directory, "k1", [Record(number, title: "乙系统的通知")])).Results());
        Assert.Equal("甲系统的通知", (await Entry(number))!.Title);

        var admin = await host.SignInAs(await host.Data.Staff(Portal.Shared.Actors.Role.ProvincialAdmin));
        var item = await host.Read(db => db.DockingQuarantine.AsNoTracking().SingleAsync(row => row.SourceId == right.Id));
        var page = await admin.Get($"/console/docking/quarantine/{item.Id}");
        Assert.Contains("甲系统的通知", page.Text);
        Assert.Contains("乙系统的通知", page.Text);
        var address = $"/console/docking/quarantine/{item.Id}";
        Assert.Equal(422, (int)(await admin.Post(address, new() { ["Decision"] = "TakeIncoming", ["Reason"] = "" })).Status);
        Assert.Equal(302, (int)(await admin.Post(address, new() { ["Decision"] = "TakeIncoming", ["Reason"] = "以乙系统为准。" })).Status);
        Assert.Equal("乙系统的通知", (await Entry(number))!.Title);
        // Who gave the number up does not take it back, and the other goes on.
        Assert.Equal(["quarantined"], (await first.Push(Directory, "k2", [Record(number, 2, "甲系统的新通知")])).Results());
        Assert.Equal(["updated"], (await second.Push(Directory, "k2", [Record(number, 2, "乙系统的新通知")])).Results());
        Assert.Equal("乙系统的新通知", (await Entry(number))!.Title);
    }

    [Fact]
    public async Task A_document_of_the_platform_never_gives_its_number_up()
    {
        var entry = await host.Entry(await host.Channel("jyt"));
        using var partner = await host.Partner(await host.Source());
        Assert.Equal(["quarantined"], (await partner.Push(Directory, "k1", [Record(entry.IndexNumber, 99)])).Results());
        Assert.Equal(entry.ContentHash, (await Entry(entry.IndexNumber))!.ContentHash);
    }

    [Fact]
    public async Task Mass_withdrawal_stops_until_a_person_releases_it()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        var numbers = Enumerable.Range(0, 60).Select(_ => host.Number()).ToList();
        Assert.All((await partner.Push(Directory, "k1", numbers.Select(number => Record(number)))).Results(), result => Assert.Equal("added", result));
        Assert.All((await partner.Push(Directory, "k2", numbers.Take(40).Select(number => Tombstone(number, 2)))).Results(), result => Assert.Equal("withdrawn", result));

        var rest = numbers.Skip(40).Select(number => Tombstone(number, 2)).ToList();
        Assert.Equal("source.guard", (await partner.Push(Directory, "k3", rest)).Code(HttpStatusCode.Conflict));
        Assert.Equal(SourceState.Held, (await host.Reload(source)).State);
        Assert.Equal(EntryState.Listed, (await Entry(numbers[59]))!.State);
        Assert.Equal("source.held", (await partner.Push(Directory, "k4", [Record(host.Number())])).Code(HttpStatusCode.Conflict));

        var admin = await host.SignInAs(await host.Data.Staff(Portal.Shared.Actors.Role.ProvincialAdmin));
        Assert.Contains("已拦停", (await admin.Get("/console")).Text);
        Assert.Equal(302, (int)(await admin.Post(
            $"/console/docking/{source.Id}/state", new() { ["Act"] = "Release", ["Reason"] = "已与松潭市核实。" }, "/console/docking/" + source.Id)).Status);
        Assert.All((await partner.Push(Directory, "k3", rest)).Results(), result => Assert.Equal("withdrawn", result));
    }

    [Fact]
    public async Task Mass_failure_stops_and_leaves_nothing_behind()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        var number = host.Number();
        var wrong = Enumerable.Range(0, 10).Select(_ =>
        {
            var record = Record(host.Number());
            record["metadata"]!.AsObject().Remove("title");
            return record;
        });
        Assert.Equal("source.guard", (await partner.Push(Directory, "k1", [Record(number), .. wrong])).Code(HttpStatusCode.Conflict));
        Assert.Null(await Entry(number));
        var run = await host.Read(db => db.DockingRuns.AsNoTracking().SingleAsync(row => row.SourceId == source.Id));
        Assert.Equal((RunState.Stopped, 11, 10), (run.State, run.Received, run.Rejected));

        var admin = await host.SignInAs(await host.Data.Staff(Portal.Shared.Actors.Role.ProvincialAdmin));
        var csv = await admin.Get($"/console/docking/runs/{run.Id}/lines.csv");
        Assert.StartsWith("text/csv", csv.Header("Content-Type"), StringComparison.Ordinal);
        var lines = csv.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("\"第几条\",\"索引号\",\"名称\",\"结果\",\"字段\",\"字段路径\",\"说明\"", lines[0]);
        Assert.Equal(11, lines.Length);
        Assert.StartsWith("\"2\",", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("\"退回\",\"名称\",\"items[1].metadata.title\",\"请填写名称。\"", lines[1], StringComparison.Ordinal);
        // What staff read names the field; the path is beside it.
        var page = await admin.Get($"/console/docking/runs/{run.Id}");
        Assert.Contains(page.Document.QuerySelectorAll("tbody td"), cell => cell.QuerySelector("small")?.TextContent == "items[1].metadata.title"
            && cell.TextContent.TrimStart().StartsWith("名称", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_unit_is_tried_dry_before_a_person_lets_it_in()
    {
        var source = await host.Source(state: SourceState.Trial);
        using var partner = await host.Partner(source);
        var number = host.Number();
        Assert.Equal("source.trial", (await partner.Push(Directory, "k1", [Record(number)])).Code(HttpStatusCode.Conflict));
        Assert.Equal(["added"], (await partner.Push(Directory, "k1", [Record(number)], "&dryRun=true")).Results());
        Assert.Null(await Entry(number));

        var admin = await host.SignInAs(await host.Data.Staff(Portal.Shared.Actors.Role.ProvincialAdmin));
        var tried = await host.Reload(source);
        Assert.Contains(number, (await admin.Get("/console/docking/runs/" + tried.TrialRunId)).Text);
        Assert.Equal(302, (int)(await admin.Post(
            $"/console/docking/{source.Id}/state", new() { ["Act"] = "Activate", ["Reason"] = "差异已核对。" }, "/console/docking/" + source.Id)).Status);
        Assert.Equal(["added"], (await partner.Push(Directory, "k1", [Record(number)])).Results());
    }

    [Fact]
    public async Task A_credential_is_shown_once_and_works_until_it_is_revoked()
    {
        var source = await host.Source();
        var admin = await host.SignInAs(await host.Data.Staff(Portal.Shared.Actors.Role.ProvincialAdmin));
        var page = await admin.Post(
            $"/console/docking/{source.Id}/credentials", new() { ["Direction"] = "Write", ["Days"] = "30" }, "/console/docking/" + source.Id);
        var pem = page.Document.QuerySelector("textarea")!.TextContent;
        var credential = await host.Read(db => db.DockingCredentials.AsNoTracking().SingleAsync(row => row.SourceId == source.Id));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(pem);
        using var partner = new Partner(host.Visitor(), host.Clock, credential.KeyId, key);
        Assert.Equal(["added"], (await partner.Push(Directory, "k1", [Record(host.Number())])).Results());
        Assert.DoesNotContain("PRIVATE KEY", (await admin.Get("/console/docking/" + source.Id)).Text);
        Assert.Contains(source.Name, (await admin.Get("/console/docking")).Text);

        var revocation = $"/console/docking/credentials/{credential.Id}/revocation";
        Assert.Contains(credential.KeyId, (await admin.Get(revocation)).Text);
        Assert.Equal(422, (int)(await admin.Post(revocation, [])).Status);
        Assert.Equal(302, (int)(await admin.Post(revocation, new() { ["Reason"] = "私钥可能外泄。" })).Status);
        Assert.Equal("key.revoked", (await partner.Push(Directory, "k2", [Record(host.Number())])).Code(HttpStatusCode.Unauthorized));
    }

    private static JsonObject Record(string number, long version = 1, string title = "关于做好2026年春季学期工作的通知") =>
        Portal.Disclosure.Tests.Docking.Partner.Record(number, version, title);

    private static JsonObject Tombstone(string number, long version) =>
        Portal.Disclosure.Tests.Docking.Partner.Tombstone(number, version);

    private Task<DirectoryEntry?> Entry(string number) =>
        host.Read(db => db.Entries.AsNoTracking().SingleOrDefaultAsync(entry => entry.IndexNumber == number));
}
