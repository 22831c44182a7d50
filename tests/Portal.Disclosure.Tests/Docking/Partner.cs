using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Disclosure.Docking;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>Another system with a credential: signs what it asks and sends.</summary>
internal sealed class Partner(Browser browser, TimeProvider clock, string keyId, ECDsa key) : IDisposable
{
    public string KeyId { get; } = keyId;

    public string Pem => key.ExportPkcs8PrivateKeyPem();

    public Task<Answer> Get(string target) => Send(HttpMethod.Get, target, null, null);

    public Task<Answer> Push(string directory, string idempotencyKey, IEnumerable<JsonNode> items, string query = "") =>
        PushRaw(directory, idempotencyKey, new JsonObject { ["items"] = new JsonArray([.. items.Select(Sealed)]) }.ToJsonString(), query);

    public Task<Answer> PushRaw(string directory, string idempotencyKey, string body, string query = "") =>
        Send(HttpMethod.Post, $"/api/docking/v1/batches?directory={directory}{query}", Encoding.UTF8.GetBytes(body), idempotencyKey);

    public Task<Answer> Send(
        HttpMethod method, string target, byte[]? body, string? idempotencyKey, DateTimeOffset? at = null,
        Func<string, string, string>? change = null)
    {
        var headers = SignedRequests.HeadersOf(
                KeyId, key, method.Method, target, at ?? clock.GetUtcNow(), idempotencyKey, SignedRequests.HashOf(body ?? []))
            .Select(header => (header.Name, change?.Invoke(header.Name, header.Value) ?? header.Value))
            .Where(header => header.Item2.Length > 0)
            .ToArray();
        return browser.Send(method, target, body is null ? null : new ByteArrayContent(body), headers);
    }

    public void Dispose()
    {
        key.Dispose();
        browser.Dispose();
    }

    /// <summary>The record with the hash of what it says, unless it has one already.</summary>
    public static JsonNode Sealed(JsonNode item)
    {
        var copy = item.DeepClone();
        if (copy is JsonObject record && !record.ContainsKey("contentHash"))
        {
            record["contentHash"] = RecordHash.Of(JsonSerializer.SerializeToElement(record));
        }

        return copy;
    }

    /// <summary>A record that is valid by the profile; <see cref="Push"/> adds its hash.</summary>
    public static JsonObject Record(string number, long version = 1, string title = "关于做好2026年春季学期工作的通知") => new()
    {
        ["kind"] = "upsert",
        ["indexNumber"] = number,
        ["version"] = version,
        ["updatedAt"] = "2026-02-01T08:00:00+08:00",
        ["publishedAt"] = "2026-02-01T08:00:00+08:00",
        ["metadata"] = new JsonObject
        {
            ["title"] = title,
            ["writtenOn"] = "2026-01-05",
            ["publisher"] = "松潭市教育局",
            ["subject"] = "1102",
            // Another document each: what has title, day and issuer of another one is told apart by its number.
            ["documentNumber"] = $"松教发〔2026〕{number[^4..].TrimStart('0')}{number[8]}号",
            ["genre"] = "08",
            ["validity"] = "effective",
            ["kind"] = "normative",
            ["openness"] = "proactive",
            ["statutoryItem"] = "01",
        },
        ["body"] = "正文。",
    };

    public static JsonObject Tombstone(string number, long version) => new()
    {
        ["kind"] = "tombstone",
        ["indexNumber"] = number,
        ["version"] = version,
        ["updatedAt"] = "2026-02-02T08:00:00+08:00",
        ["reason"] = "文件已撤回。",
    };
}

internal static class Answers
{
    public static JsonElement Json(this Answer answer) => JsonDocument.Parse(answer.Text).RootElement;

    /// <summary>The refusal's code, after looking at its status.</summary>
    public static string Code(this Answer answer, HttpStatusCode status)
    {
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Text}");
        Assert.NotEmpty(answer.Json().GetProperty("detail").GetString()!);
        return answer.Json().GetProperty("code").GetString()!;
    }

    /// <summary>The results of the items, in order.</summary>
    public static IReadOnlyList<string> Results(this Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        return [.. answer.Json().GetProperty("items").EnumerateArray().Select(item => item.GetProperty("result").GetString()!)];
    }
}
