using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Disclosure.Docking.PullSources;
using Portal.Disclosure.Docking.ReconcileSource;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>
/// Two real hosts with a database each: records flow from the city to the province by push and by pull, under crashes,
/// duplicates, shuffled and cut off answers, and in the end both sides count and hash the same.
/// </summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private const int Seed = 20261123;
    private const int Pulled = 1200;
    private const int Pushed = 800;

    private readonly DockingHost _city = new();
    private RoughRoad? _road;
    private ProvinceHost? _province;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ProvinceHost Province => _province!;

    public async ValueTask InitializeAsync()
    {
        await _city.InitializeAsync();
        _road = await RoughRoad.StartAsync(_city.Address, Seed);
        _province = new ProvinceHost(_road.Address.Port);
        await _province.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _province!.DisposeAsync();
        await _road!.DisposeAsync();
        await _city.DisposeAsync();
    }

    [Fact]
    public async Task Pulled_over_a_rough_road_and_through_crashes_both_sides_become_equal()
    {
        var random = new Random(Seed);
        await AddAsync("yunpu", Pulled);
        using var reader = await _city.Partner(await _city.Source("yunpu", SourceMode.Reader), CredentialDirection.Read);
        var source = await Province.Source("yunpu", SourceMode.Pull, change: row =>
        {
            row.FeedAddress = $"http://localhost:{_road!.Address.Port}";
            row.RemoteDirectory = "yunpu";
            row.RemoteKeyId = reader.KeyId;
            row.RemoteKey = Province.Services.GetRequiredService<RemoteKeys>().Seal(reader.Pem);
        });
        _road!.Percent = 40;
        var crashes = 0;
        for (var round = 0; round < 400 && !await IsLevelAsync(source); round++)
        {
            // A process that is killed leaves an open transaction, which the database rolls back.
            using var life = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            if (random.Next(2) == 0)
            {
                life.CancelAfter(TimeSpan.FromMilliseconds(random.Next(20, 1500)));
            }

            crashes += (await Task.WhenAll(PullAsync(source, life.Token), random.Next(3) == 0 ? PullAsync(source, life.Token) : Task.FromResult(0))).Sum();
            if (round is 1 or 3 or 5)
            {
                await ChangeAsync("yunpu", random, 20, 10);
            }
        }

        Assert.True(await IsLevelAsync(source), (await Province.Reload(source)).LastFailure);
        Assert.True(_road.Spoilt > 0);
        await AreEqualAsync(reader, source);

        // A page is lost for good, as if somebody had restored a cursor: only counting and hashing find it.
        await AddAsync("yunpu", 30);
        var head = await HeadAsync();
        await Province.Use<DisclosureDbContext>(db => db.DockedSources.Where(row => row.Id == source.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Cursor, head)));
        _road.Percent = 0;
        var run = await Province.Use<ReconcileRecords, DockingRun>(reconcile => reconcile.RunAsync(source.Id, Cancelled));
        Assert.Equal((RunState.Done, 30), (run.State, run.Added));
        Assert.Equal(0, (await Province.Reload(source)).Differences);
        await AreEqualAsync(reader, source);
    }

    [Fact]
    public async Task Pushed_twice_shuffled_and_with_lost_answers_both_sides_become_equal()
    {
        var random = new Random(Seed);
        await AddAsync("jyt", Pushed);
        using var reader = await _city.Partner(await _city.Source("jyt", SourceMode.Reader), CredentialDirection.Read);
        var source = await Province.Source("jyt");
        using var pusher = await Province.Partner(source);
        var old = await FeedAsync(reader);
        await ChangeAsync("province", random, 30, 10);
        // What is old travels along with what is new, in any order.
        List<JsonNode> all = [.. old, .. await FeedAsync(reader), .. old.Take(50)];
        var records = all.OrderBy(_ => random.Next()).ToList();
        foreach (var (batch, index) in records.Chunk(100).Select((batch, index) => (batch, index)))
        {
            var key = "b" + index.ToString(CultureInfo.InvariantCulture);
            if (random.Next(2) == 0)
            {
                // The answer never arrives; the sender does not know whether the batch has.
                using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
                impatient.CancelAfter(random.Next(5, 200));
                await Task.WhenAny(pusher.Push("province", key, batch), Task.Delay(Timeout.Infinite, impatient.Token));
            }

            var answer = await pusher.Push("province", key, batch);
            Assert.DoesNotContain("rejected", answer.Results());
            Assert.Equal(answer.Text, (await pusher.Push("province", key, batch)).Text);
        }

        await pusher.Push("province", "last", await FeedAsync(reader));
        Assert.Equal(await BucketsAsync(reader, "province"), await BucketsAsync(pusher, "province"));
        Assert.Equal(
            Pushed,
            await Province.Use<DisclosureDbContext, int>(db => db.DockedRecords.CountAsync(record => record.SourceId == source.Id)));
    }

    private async Task<int> PullAsync(DockedSource source, CancellationToken cancellationToken)
    {
        try
        {
            await Province.Use<PullSource>(pull => pull.RunAsync(source.Id, cancellationToken));
            return 0;
        }
        catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
        {
            return 1;
        }
    }

    private async Task<bool> IsLevelAsync(DockedSource source) => (await Province.Reload(source)).Cursor == await HeadAsync();

    private Task<long> HeadAsync() => _city.Use<DisclosureDbContext, long>(async db =>
        (await db.Directories.SingleAsync(head => head.Id == _city.Site("yunpu").Id)).LastSequence);

    private async Task AreEqualAsync(Partner reader, DockedSource source)
    {
        var there = await BucketsAsync(reader, "yunpu");
        var here = await Province.Use<Buckets, List<Bucket>>(buckets => buckets.OfSourceAsync(source.Id, Cancelled));
        Assert.Equal(there, here.Select(bucket => (bucket.Number, bucket.Count, bucket.Hash)));
        // And what the public gets is what the city has published.
        Assert.Equal(
            await _city.Use<DisclosureDbContext, List<string>>(db => TitlesOf(db, _city.Site("yunpu").Id)),
            await Province.Use<DisclosureDbContext, List<string>>(db => TitlesOf(db, Province.Site("yunpu").Id)));
    }

    private static Task<List<string>> TitlesOf(DisclosureDbContext db, Guid directory) => db.Entries
        .Where(entry => entry.DirectoryId == directory && entry.State == EntryState.Listed)
        .OrderBy(entry => entry.IndexNumber)
        .Select(entry => entry.IndexNumber + " " + entry.Title)
        .ToListAsync();

    private static async Task<List<(int, int, string)>> BucketsAsync(Partner partner, string directory) =>
    [
        .. (await partner.Get("/api/docking/v1/buckets?directory=" + directory)).Json().GetProperty("buckets").EnumerateArray()
            .Select(bucket => (bucket.GetProperty("number").GetInt32(), bucket.GetProperty("count").GetInt32(), bucket.GetProperty("hash").GetString()!)),
    ];

    private static async Task<List<JsonNode>> FeedAsync(Partner reader)
    {
        List<JsonNode> items = [];
        for (var after = "0"; ;)
        {
            var answer = await reader.Get($"/api/docking/v1/changes?directory=province&limit=500&after={after}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            var page = JsonNode.Parse(answer.Text)!;
            items.AddRange(page["items"]!.AsArray().Select(item => item!.DeepClone()));
            after = page["next"]!.GetValue<string>();
            if (!page["hasMore"]!.GetValue<bool>())
            {
                return items;
            }
        }
    }

    private Task<int> AddAsync(string site, int count) => _city.InTransaction(async services =>
    {
        var writer = services.GetRequiredService<DirectoryWriter>();
        var info = _city.Site(site);
        await writer.LockAsync([info.Path.Count > 1 && site == "yunpu" ? info.Id : info.Path[0]], Cancelled);
        for (var i = 0; i < count; i++)
        {
            await writer.AddAsync(
                new EntryDraft
                {
                    Site = info,
                    Origin = EntryOrigin.Direct,
                    Metadata = MetadataOf(Partner.Record("x")),
                    CodeVersions = [],
                    PublishedAt = _city.Clock.GetUtcNow(),
                    Body = "正文。",
                },
                null, Cancelled);
        }

        return count;
    });

    // Some entries get another title, some are withdrawn.
    private Task<int> ChangeAsync(string directory, Random random, int changed, int withdrawn) => _city.InTransaction(async services =>
    {
        var db = services.GetRequiredService<DisclosureDbContext>();
        var writer = services.GetRequiredService<DirectoryWriter>();
        var id = _city.Site(directory).Id;
        await writer.LockAsync([id], Cancelled);
        var entries = await db.Entries.Where(entry => entry.DirectoryId == id && entry.State == EntryState.Listed)
            .OrderBy(entry => entry.Id).ToListAsync(Cancelled);
        foreach (var entry in entries.OrderBy(_ => random.Next()).Take(changed + withdrawn))
        {
            var listed = changed-- > 0;
            await writer.UpdateAsync(
                entry,
                new EntryDraft
                {
                    Site = services.GetRequiredService<Portal.Shared.Sites.ISites>().ById(entry.SiteId)!,
                    Metadata = entry.Metadata.Copy().Set("title", "修改" + entry.IndexNumber),
                    CodeVersions = entry.CodeVersions,
                    PublishedAt = entry.PublishedAt,
                    Body = entry.Body,
                    State = listed ? EntryState.Listed : EntryState.Withdrawn,
                    Reason = listed ? null : "文件已撤回。",
                },
                null, Cancelled);
        }

        return entries.Count;
    });

    private static EntryMetadata MetadataOf(JsonObject record) => EntryMetadata.Read(record["metadata"]!.ToJsonString());

    /// <summary>The province, which may ask the road's port although it is a private address.</summary>
    private sealed class ProvinceHost(int port) : DockingHost
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
            [new("Portal:Outbound:Allow:0", "localhost:" + port.ToString(CultureInfo.InvariantCulture))];
    }
}
