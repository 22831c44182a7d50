using System.Net;
using System.Text.Json.Nodes;
using Portal.Disclosure.Docking;
using Portal.Disclosure.Tests.Interfaces;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>What units send and what they are answered is what <c>/openapi/docking.json</c> says, field by field.</summary>
public sealed class DescribedBodiesTests(DockingHost host) : IClassFixture<DockingHost>
{
    private const string Directory = TestData.ProvinceKey;
    private const string Root = "/api/docking/v1/";

    [Fact]
    public async Task Requests_answers_and_refusals_are_as_the_document_describes_them()
    {
        var document = await DocumentAsync();
        var source = await host.Source();
        using var partner = await host.Partner(source);
        using var reader = await host.Partner(source, CredentialDirection.Read);
        List<string> faults = [];

        // A batch of everything that may be in one, and what became of each.
        var (first, second) = (host.Number(), host.Number());
        var full = Partner.Record(first);
        full["metadata"]!["keywords"] = new JsonArray("教育", "学期");
        full["metadata"]!["changedOn"] = "2026-02-01";
        full["address"] = "https://gk.songtan.gov.cn/zc/1.html";
        var wrong = Partner.Record(host.Number());
        wrong["metadata"]!["subject"] = "99999";
        // Their numbers make these two different documents, the rest does not.
        JsonObject[] items = [full, Partner.Record(second), Partner.Tombstone(second, 2), wrong, full];
        var sent = new JsonObject { ["items"] = new JsonArray([.. items.Select(Partner.Sealed)]) };
        faults.AddRange(DocumentedShape.Faults(
            sent, document["paths"]![Root + "batches"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!, document, "batch"));
        var batch = await partner.Push(Directory, "d1", items);
        Assert.Equal(["added", "added", "withdrawn", "rejected", "unchanged"], batch.Results());
        Look(batch, "batches", "post", 200);
        var record = document["paths"]![Root + "batches"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]!["items"]!["items"]!;
        Assert.Equal(["contentHash", "indexNumber", "kind", "version"], record["required"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("string", record["properties"]!["contentHash"]!["type"]!.GetValue<string>());
        Look(await partner.Push(Directory, "d2", [Partner.Record(host.Number())], "&dryRun=true"), "batches", "post", 200);
        await host.DrainOutbox();

        // Pages of changes, with records, tombstones and nothing.
        var changes = await reader.Get($"{Root}changes?directory={Directory}&limit=1000");
        Assert.Contains("tombstone", changes.Text, StringComparison.Ordinal);
        Look(changes, "changes", "get", 200);
        var head = changes.Json().GetProperty("next").GetString();
        Look(await reader.Get($"{Root}changes?directory={Directory}&after={head}"), "changes", "get", 200);
        Look(await reader.Get($"{Root}entries?directory={Directory}&number={Uri.EscapeDataString(first)}&number=none"), "entries", "get", 200);
        var buckets = await reader.Get($"{Root}buckets?directory={Directory}");
        Look(buckets, "buckets", "get", 200);
        var number = buckets.Json().GetProperty("buckets")[0].GetProperty("number");
        Look(await reader.Get($"{Root}buckets/{number}?directory={Directory}"), "buckets/{bucket}", "get", 200);

        // Refusals, as every operation words them.
        Look(await reader.Get($"{Root}changes?directory={Directory}&after=abc"), "changes", "get", 400);
        Look(await reader.Get($"{Root}changes?directory={Directory}&after=999999"), "changes", "get", 409);
        Look(await reader.Get($"{Root}changes?directory=yunpu"), "changes", "get", 403);
        Look(await reader.Get($"{Root}entries?directory={Directory}"), "entries", "get", 400);
        Look(await reader.Get($"{Root}buckets/4711?directory={Directory}"), "buckets/{bucket}", "get", 404);
        Look(await partner.PushRaw(Directory, "d3", "{\"items\":[{"), "batches", "post", 400);
        Look(await reader.Push(Directory, "d4", [Partner.Record(host.Number())]), "batches", "post", 403);
        Look(await partner.Push(Directory, "d1", [Partner.Record(host.Number())]), "batches", "post", 409);
        Look(
            await partner.Send(
                HttpMethod.Get, $"{Root}buckets?directory={Directory}", null, null,
                change: (name, value) => name == SignedRequests.SignatureHeader ? "" : value),
            "buckets", "get", 401);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

        void Look(Answer answer, string path, string verb, int status)
        {
            Assert.True((int)answer.Status == status, $"{path}: {(int)answer.Status} {answer.Text}");
            var (mediaType, content) = document["paths"]![Root + path]![verb]!["responses"]![$"{status}"]!["content"]!.AsObject().Single();
            Assert.StartsWith(mediaType, answer.Header("Content-Type")!, StringComparison.Ordinal);
            faults.AddRange(DocumentedShape.Faults(JsonNode.Parse(answer.Text), content!["schema"]!, document, $"{verb} {path} {status}"));
        }
    }

    [Fact]
    public async Task The_batch_of_the_handbook_is_taken_as_it_stands_there()
    {
        var handbook = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "docking.md"), TestContext.Current.CancellationToken);
        var batch = handbook.Split("```json\n").Select(part => part.Split("\n```")[0]).Single(part => part.StartsWith("{\n  \"items\"", StringComparison.Ordinal));
        using var partner = await host.Partner(await host.Source());
        var answer = await partner.PushRaw(Directory, "handbook", batch);
        Assert.Equal(["added", "unchanged"], answer.Results());
        Assert.Empty(answer.Json().GetProperty("items")[0].GetProperty("warnings").EnumerateArray());
        var document = await DocumentAsync();
        Assert.Empty(DocumentedShape.Faults(
            JsonNode.Parse(batch), document["paths"]![Root + "batches"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!, document, "batch"));
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    [Fact]
    public async Task A_body_that_parts_from_the_document_is_found()
    {
        var document = await DocumentAsync();
        var schema = document["paths"]![Root + "batches"]!["post"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        using var partner = await host.Partner(await host.Source());
        var body = JsonNode.Parse((await partner.Push(Directory, "p1", [Partner.Record(host.Number())])).Text)!.AsObject();
        Assert.Empty(DocumentedShape.Faults(body, schema, document, ""));
        body["runId"] = "7";
        body["added"] = "1";
        body["news"] = true;
        body.Remove("stale");
        body["items"]![0]!["index"] = 5_000_000_000;
        Assert.Equal(
            [".added is no int32", ".added is string, not integer", ".items[0].index is no int32", ".news is not described", ".runId is no uuid", ".stale is missing"],
            DocumentedShape.Faults(body, schema, document, "").Order(StringComparer.Ordinal));
    }

    private async Task<JsonNode> DocumentAsync()
    {
        using var visitor = host.Visitor();
        var answer = await visitor.Get("/openapi/docking.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonNode.Parse(answer.Text)!;
    }
}
