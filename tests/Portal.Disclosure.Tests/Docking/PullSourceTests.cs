using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Disclosure.Docking.PullSources;
using Portal.Shared.Actors;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>The dry run of a feed, and what a failing feed costs.</summary>
public sealed class PullSourceTests(PullSourceTests.Province host) : IClassFixture<PullSourceTests.Province>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_looks_at_all_pages_and_says_when_the_setting_cuts_it_off()
    {
        (host.Prefix, host.Feed) = (980, 1230);
        var source = await SourceAsync(SourceState.Trial);
        Assert.Equal(1230, await Pull(source));
        var run = await TrialAsync(source);
        Assert.Equal((RunKind.DryRun, 1230, 1230, null), (run.Kind, run.Received, run.Added, run.Message));
        var lines = await host.Read(db => db.DockingRunLines.AsNoTracking().Where(line => line.RunId == run.Id).OrderBy(line => line.Line).ToListAsync());
        Assert.Equal(1230, lines.Count);
        Assert.Equal((1229, "索引第1230号"), (lines[^1].Item, lines[^1].Title));
        Assert.False(await host.Read(db => db.DockedRecords.AnyAsync(record => record.SourceId == source.Id)));

        await host.Set("DisclosureSettings.DockingTrialRecords", 700);
        var cut = await SourceAsync(SourceState.Trial);
        Assert.Equal(700, await Pull(cut));
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var page = await admin.Get("/console/docking/runs/" + (await TrialAsync(cut)).Id);
        Assert.Contains("只比对了前700条（到序号700，对方最新序号1230）", page.Text);
        Assert.Equal(0, (await host.Reload(cut)).Cursor);
    }

    [Fact]
    public async Task A_feed_that_fails_is_left_alone_longer_each_time_and_forgiven_when_it_answers()
    {
        (host.Prefix, host.Feed) = (970, 20);
        var source = await SourceAsync(SourceState.Active);
        host.Fails = true;
        var now = host.Clock.GetUtcNow();
        await Pull(source);
        await Pull(source);
        var failed = await host.Reload(source);
        Assert.Equal((2, "对方返回状态502。"), (failed.Failures, failed.LastFailure));
        Assert.InRange(failed.NextPullAt!.Value - now, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
        host.Fails = false;
        Assert.Equal(20, await Pull(source));
        var level = await host.Reload(source);
        Assert.Equal((0, null, 20L, 20L), (level.Failures, level.LastFailure, level.Cursor, level.HeadSequence));
    }

    [Fact]
    public async Task What_the_province_adds_survives_pulling_everything_again_and_a_push_of_the_same_records()
    {
        (host.Prefix, host.Feed) = (960, 30);
        var source = await SourceAsync(SourceState.Active);
        Assert.Equal(30, await Pull(source));
        var number = "960000007/2026-00001";
        var entry = await EntryAsync(number);
        var keeper = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var path = $"/console/disclosure/entries/{entry.Id}";
        var saved = await keeper.Post(
            path + "/overlay",
            new()
            {
                ["provinceSubject"] = "0401",
                ["provinceRecommendation"] = "top",
                ["provinceNote"] = "全省参照执行。",
                ["OverlayReason"] = "全省推广。",
                ["Version"] = "1",
            },
            path);
        Assert.True((int)saved.Status == 302, string.Join('\n', saved.Errors));
        var overlaid = await EntryAsync(number);

        // Everything once more, from the first record on: nothing is new, and nothing is lost.
        await host.Use<DisclosureDbContext>(db => db.DockedSources.Where(row => row.Id == source.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Cursor, 0)));
        Assert.Equal(30, await Pull(source));
        await IsKeptAsync(overlaid);

        // The same records pushed: first as they were pulled, then as if the owner had changed every one of them.
        await host.Use<DisclosureDbContext>(db => db.DockedSources.Where(row => row.Id == source.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, SourceMode.Push)));
        using var partner = await host.Partner(source);
        var records = Enumerable.Range(1, 30).Select(host.Record).ToList();
        Assert.All((await partner.Push("province", "same", records)).Results(), result => Assert.Equal("unchanged", result));
        await IsKeptAsync(overlaid);
        Assert.All(
            (await partner.Push("province", "next", Enumerable.Range(1, 30).Select(seq => host.Record(seq, 2, $"索引第{seq}号（修订）")))).Results(),
            result => Assert.Equal("updated", result));
        var updated = await EntryAsync(number);
        Assert.Equal("索引第7号（修订）", updated.Title);
        Assert.Equal(overlaid.Overlay!.Values.ToJson(), updated.Overlay!.Values.ToJson());
        Assert.Equal("top", updated.Recommendation);
        Assert.False(await host.Read(db => db.Entries.AnyAsync(
            row => row.IndexNumber.StartsWith("960") && row.Id != entry.Id && row.Overlay != null)));

        async Task IsKeptAsync(DirectoryEntry expected)
        {
            var now = await EntryAsync(number);
            Assert.Equal(
                (expected.Version, expected.ContentHash, expected.Overlay!.Values.ToJson()),
                (now.Version, now.ContentHash, now.Overlay!.Values.ToJson()));
        }
    }

    private Task<DirectoryEntry> EntryAsync(string number) => host.Read(db =>
        db.Entries.AsNoTracking().SingleAsync(row => row.IndexNumber == number));

    private Task<int> Pull(DockedSource source) => host.Use<PullSource, int>(pull => pull.RunAsync(source.Id, Cancelled));

    private async Task<DockingRun> TrialAsync(DockedSource source)
    {
        var id = (await host.Reload(source)).TrialRunId;
        return await host.Read(db => db.DockingRuns.AsNoTracking().SingleAsync(run => run.Id == id));
    }

    private Task<DockedSource> SourceAsync(SourceState state)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var sealedKey = host.Services.GetRequiredService<RemoteKeys>().Seal(key.ExportPkcs8PrivateKeyPem());
        return host.Source("jyt", SourceMode.Pull, state, row =>
        {
            row.FeedAddress = host.FeedAddress;
            row.RemoteDirectory = "city";
            row.RemoteKeyId = "dk-there";
            row.RemoteKey = sealedKey;
        });
    }

    /// <summary>The province, and a city whose feed is made up as it is asked for.</summary>
    public sealed class Province : DockingHost
    {
        private WebApplication? _city;

        public int Feed { get; set; }

        /// <summary>In front of its numbers, so that no two feeds have the same.</summary>
        public int Prefix { get; set; }

        public bool Fails { get; set; }

        public string FeedAddress { get; private set; } = "";

        protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
            [new("Portal:Outbound:Allow:0", FeedAddress.Replace("http://", "", StringComparison.Ordinal))];

        public override async ValueTask InitializeAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            _city = builder.Build();
            _city.Run(AnswerAsync);
            await _city.StartAsync();
            var bound = new Uri(_city.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            FeedAddress = $"http://localhost:{bound.Port}";
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            await base.DisposeAsync();
            await _city!.DisposeAsync();
        }

        private async Task AnswerAsync(HttpContext context)
        {
            if (Fails)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return;
            }

            int Asked(string name) => int.Parse(context.Request.Query[name].ToString(), CultureInfo.InvariantCulture);
            var (after, limit) = (Asked("after"), Asked("limit"));
            var numbers = Enumerable.Range(after + 1, Math.Max(0, Math.Min(limit, Feed - after))).ToList();
            var last = numbers.Count > 0 ? numbers[^1] : after;
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["directory"] = "city",
                ["after"] = after,
                ["next"] = $"city:{last}",
                ["hasMore"] = last < Feed,
                ["headSeq"] = Feed,
                ["count"] = numbers.Count,
                ["items"] = new JsonArray([.. numbers.Select(Item)]),
            }));
        }

        /// <summary>A record as the city has it.</summary>
        public JsonObject Record(int seq) => Record(seq, 1, $"索引第{seq}号");

        public JsonObject Record(int seq, long version, string title)
        {
            var record = Docking.Partner.Record(
                string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seq:000000}/2026-00001"), version, title);
            // The title of one feed is not the title of another.
            record["metadata"]!["publisher"] = $"松潭市第{Prefix}局";
            return record;
        }

        private JsonObject Item(int seq)
        {
            var record = Record(seq);
            record["seq"] = seq;
            return Docking.Partner.Sealed(record).AsObject();
        }
    }
}
