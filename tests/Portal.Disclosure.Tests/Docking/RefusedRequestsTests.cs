using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Docking;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>What is refused of signed requests: in words, with nothing half done, and in the trail where it matters.</summary>
public sealed class RefusedRequestsTests(RefusedRequestsTests.StrictHost host) : IClassFixture<RefusedRequestsTests.StrictHost>
{
    private const string Target = "/api/docking/v1/batches?directory=" + TestData.ProvinceKey;

    [Fact]
    public async Task A_clock_that_is_off_is_told_the_time_of_the_platform()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        var number = host.Number();
        var body = Encoding.UTF8.GetBytes($"{{\"items\":[{Partner.Sealed(Partner.Record(number)).ToJsonString()}]}}");
        var now = host.Clock.GetUtcNow();
        foreach (var shift in new[] { TimeSpan.FromMinutes(-6), TimeSpan.FromMinutes(6) })
        {
            var answer = await partner.Send(HttpMethod.Post, Target, body, "k", now + shift);
            Assert.Equal("clock.differs", answer.Code(HttpStatusCode.Unauthorized));
            var words = answer.Json().GetProperty("detail").GetString()!;
            Assert.Contains("平台时间" + BeijingTime.Machine(now)[..16], words);
            Assert.Contains(BeijingTime.Machine(now + shift)[..16], words);
            Assert.Contains("校准时钟", words);
        }

        // Within the window a clock that differs a little is no reason.
        Assert.Equal(["added"], (await partner.Send(HttpMethod.Post, Target, body, "k", now - TimeSpan.FromMinutes(4))).Results());
        // An old request that somebody has kept: one line in the trail, however often it is sent.
        await partner.Send(HttpMethod.Post, Target, body, "k", now - TimeSpan.FromMinutes(10));
        Assert.Equal(["clock.differs"], await Refused(source));
    }

    [Fact]
    public async Task A_wrong_signature_a_changed_body_a_key_for_two_batches_and_a_strange_cursor_are_in_the_trail()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        using var reader = await host.Partner(source, CredentialDirection.Read);
        var number = host.Number();
        var body = Encoding.UTF8.GetBytes($"{{\"items\":[{Partner.Sealed(Partner.Record(number)).ToJsonString()}]}}");
        Task<Answer> Send(byte[] content, Func<string, string, string>? change = null) =>
            partner.Send(HttpMethod.Post, Target, content, "k", null, change);

        await Send(body, (name, value) => name == SignedRequests.IdempotencyHeader ? "other" : value);
        Assert.Equal(["signature.wrong"], await Refused(source));
        Assert.False(await host.Read(db => db.Entries.AnyAsync(entry => entry.IndexNumber == number)));

        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(partner.Pem);
        using var browser = host.Visitor();
        var changed = await browser.Send(
            HttpMethod.Post, Target, new ByteArrayContent(body),
            [.. SignedRequests.HeadersOf(partner.KeyId, key, "POST", Target, host.Clock.GetUtcNow(), "k", SignedRequests.HashOf("x"u8))]);
        Assert.Equal("content.hash", changed.Code(HttpStatusCode.BadRequest));

        Assert.Equal(["added"], (await Send(body)).Results());
        // The same batch again is what the key is for, and no reason for a line.
        Assert.Equal(["added"], (await Send(body)).Results());
        Assert.Equal(
            "idempotency.reused",
            (await Send(Encoding.UTF8.GetBytes($"{{\"items\":[{Partner.Sealed(Partner.Record(host.Number())).ToJsonString()}]}}"))).Code(HttpStatusCode.Conflict));
        Assert.Equal(
            "cursor.other-directory",
            (await reader.Get($"/api/docking/v1/changes?directory={TestData.ProvinceKey}&after=yunpu:1")).Code(HttpStatusCode.BadRequest));
        Assert.Equal(
            ["content.hash", "cursor.other-directory", "idempotency.reused", "signature.wrong"],
            (await Refused(source)).Order(StringComparer.Ordinal));

        // And an hour later a line again, because it goes on.
        host.Clock.Advance(TimeSpan.FromHours(1));
        await Send(body, (name, value) => name == SignedRequests.IdempotencyHeader ? "other" : value);
        Assert.Equal(2, (await Refused(source)).Count(code => code == "signature.wrong"));
    }

    [Fact]
    public async Task More_requests_in_a_minute_than_the_setting_says_wait_whichever_host_they_come_to()
    {
        var source = await host.Source();
        using var partner = await host.Partner(source, CredentialDirection.Read);
        using var other = await host.Partner(source, CredentialDirection.Read);
        // At the beginning of a minute, so that all requests fall into one.
        host.Clock.SetUtcNow(new DateTimeOffset(host.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        const string Ask = "/api/docking/v1/buckets?directory=" + TestData.ProvinceKey;
        // Two hosts on one database, and one limit: the requests go to them in turns.
        await using var second = new SecondHost(host);
        await second.InitializeAsync();
        second.Clock.SetUtcNow(host.Clock.GetUtcNow());
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(partner.Pem);
        var there = new Partner(second.Visitor(), host.Clock, partner.KeyId, key);
        for (var i = 0; i < StrictHost.Most; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await (i % 2 == 0 ? partner : there).Get(Ask)).Status);
        }

        Assert.Equal("rate.exceeded", (await there.Get(Ask)).Code(HttpStatusCode.TooManyRequests));
        var answer = await partner.Get(Ask);
        Assert.Equal("rate.exceeded", answer.Code(HttpStatusCode.TooManyRequests));
        var wait = int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture);
        // The minute that is full fades within the one after it.
        Assert.InRange(wait, 61, 120);
        Assert.Contains($"{wait}秒后", answer.Json().GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.OK, (await other.Get(Ask)).Status);
        Assert.Equal(["rate.exceeded"], await Refused(source));
        host.Clock.Advance(TimeSpan.FromSeconds(wait));
        Assert.Equal(HttpStatusCode.OK, (await partner.Get(Ask)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hundred_megabytes_are_answered_in_words_and_leave_nothing_behind(bool announced)
    {
        var source = await host.Source();
        using var partner = await host.Partner(source);
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(partner.Pem);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = new Megabytes(100, announced) };
        // A client that waits for leave sends nothing in vain; one that does not is cut off after the answer.
        request.Headers.ExpectContinue = announced;
        request.Headers.TransferEncodingChunked = announced ? null : true;
        foreach (var (name, value) in SignedRequests.HeadersOf(
            partner.KeyId, key, "POST", Target, host.Clock.GetUtcNow(), "k", new string('0', 64)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("batch.size", json.RootElement.GetProperty("code").GetString());
        Assert.Contains("8MB", json.RootElement.GetProperty("detail").GetString());
        Assert.False(await host.Read(db => db.DockingRuns.AnyAsync(run => run.SourceId == source.Id)));
        Assert.Null((await host.Reload(source)).LastContactAt);
    }

    /// <summary>The codes of what the trail will hold of a source.</summary>
    private async Task<List<string>> Refused(DockedSource source)
    {
        var type = typeof(DecisionTaken).FullName;
        var rows = await host.Read(db => db.Outbox.AsNoTracking().Where(row => row.Type == type).ToListAsync());
        return
        [
            .. rows.Select(row => JsonSerializer.Deserialize<DecisionTaken>(row.Payload, MessageJson.Options)!)
                .Where(taken => taken.Action == "disclosure.docking.request-refused" && taken.ObjectId == source.Id.ToString())
                .Select(taken => taken.Facts["code"]),
        ];
    }

    /// <summary>A host with a low limit.</summary>
    public sealed class StrictHost : DockingHost
    {
        public const int Most = 10;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Set("DisclosureSettings.DockingRequestsPerMinute", Most);
        }
    }

    private sealed class SecondHost(PortalHost first) : DockingHost
    {
        protected override PortalHost? Beside => first;
    }

    private sealed class Megabytes(int count, bool announced) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[1024 * 1024];
            for (var i = 0; i < count; i++)
            {
                await stream.WriteAsync(chunk);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = count * 1024L * 1024;
            return announced;
        }
    }
}
