using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>
/// Two hosts as processes of their own with a database each: records flow from the city to the province by push and by
/// pull, while the province is killed with SIGKILL again and again and answers are cut off, repeated, shuffled and lost. In
/// the end both sides count and hash the same. What happens when is drawn from a seed, by the number of the request.
/// <c>PORTAL_DOCKING_RECORDS</c> says how many records (20,000 for the whole proof).
/// </summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private const int Seed = 20261123;
    private const int BatchSize = 250;
    private const int MostMishaps = 40;

    // What the receiver writes within the transaction of a page or batch, in its order.
    private static readonly string[] Tables =
        ["directory_entries", "directory_listings", "directory_changes", "docked_records", "docking_runs"];

    private static readonly int Records = int.Parse(
        Environment.GetEnvironmentVariable("PORTAL_DOCKING_RECORDS") ?? "1200", CultureInfo.InvariantCulture);

    private readonly DockingHost _cityData = new();
    private readonly DockingHost _provinceData = new();
    private readonly Random _random = new(Seed);
    private readonly List<ChildHost> _dead = [];
    private ChildHost? _city;
    private ChildHost? _province;
    private RoughRoad? _road;
    private int _kills;
    private int _added;
    private bool _pushing;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _cityData.InitializeAsync();
        await _provinceData.InitializeAsync();
        _city = await ChildHost.StartAsync(_cityData, "public,console");
    }

    public async ValueTask DisposeAsync()
    {
        await StopProvinceAsync();
        foreach (var dead in _dead)
        {
            await dead.DisposeAsync();
        }

        await (_city?.DisposeAsync() ?? default);
        await (_road?.DisposeAsync() ?? default);
        await _provinceData.DisposeAsync();
        await _cityData.DisposeAsync();
    }

    [Fact]
    public async Task Pulled_over_a_rough_road_by_a_host_that_is_killed_both_sides_become_equal()
    {
        _road = await RoughRoad.StartAsync(() => _city!.Address);
        await AddAsync(Records);
        using var reader = await PartnerAsync(_cityData, await _cityData.Source(TestData.ProvinceKey, SourceMode.Reader), CredentialDirection.Read, _city!.Address);
        var source = await _provinceData.Source("yunpu", SourceMode.Pull, change: row =>
        {
            row.FeedAddress = $"http://localhost:{_road!.Address.Port}";
            row.RemoteDirectory = TestData.ProvinceKey;
            row.RemoteKeyId = reader.KeyId;
            row.RemoteKey = _provinceData.Services.GetRequiredService<RemoteKeys>().Seal(reader.Pem);
        });
        _road!.Plan = PlanOf(
            [
                Mishap.KilledWithin, Mishap.CutOff, Mishap.KilledHalfway, Mishap.KilledBefore, Mishap.Shuffled, Mishap.Broken,
                Mishap.OneMissing, Mishap.OneTwice, Mishap.BadGateway,
            ]);
        _road.Kill = KillAsync;
        for (var round = 1; round <= 400 && !await IsLevelAsync(source); round++)
        {
            await ExecuteAsync("update disclosure.docked_sources set next_pull_at = null where id = $1", source.Id);
            await StartProvinceAsync("public,console,worker");
            await UntilAsync(async () => _province!.IsGone || (await _provinceData.Reload(source)).NextPullAt is not null);
            await StopProvinceAsync();
            if (round is 2 or 4)
            {
                await ChangeAsync(20, 10);
            }
        }

        Assert.True(await IsLevelAsync(source), (await _provinceData.Reload(source)).LastFailure);
        // How many of the planned kills find their process alive is the machine's affair.
        Assert.True(_kills > 0);
        Note($"pulled {Records}: {_kills} kills, {_road.Happened.Count} mishaps");
        await AreEqualAsync(reader, source, "yunpu");

        // A page is lost for good, as if somebody had restored a cursor: only counting and hashing find it.
        await AddAsync(30);
        await ExecuteAsync(
            "update disclosure.docked_sources set cursor = $2, next_pull_at = now() + interval '1 day' where id = $1",
            source.Id, await HeadAsync());
        _road.Plan = number => new Ride(number, Mishap.None, "");
        await StartProvinceAsync("public,console");
        var admin = await _province!.SignInAs(await _provinceData.Data.Staff(Role.ProvincialAdmin));
        var done = await admin.Post($"/console/docking/{source.Id}/reconciliation", [], "/console/docking/" + source.Id);
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        var id = Guid.Parse(done.Location!.Split('/')[^1]);
        var run = await _provinceData.Read(db => db.DockingRuns.AsNoTracking().SingleAsync(row => row.Id == id));
        Assert.Equal((RunState.Done, 30, 0), (run.State, run.Added, (await _provinceData.Reload(source)).Differences));
        await AreEqualAsync(reader, source, "yunpu");
    }

    [Fact]
    public async Task Pushed_to_a_host_that_is_killed_twice_shuffled_and_with_lost_answers_both_sides_become_equal()
    {
        _pushing = true;
        await StartProvinceAsync("public,console");
        _road = await RoughRoad.StartAsync(() => _province!.Address);
        _road.Kill = KillAsync;
        await AddAsync(Records);
        using var reader = await PartnerAsync(_cityData, await _cityData.Source(TestData.ProvinceKey, SourceMode.Reader), CredentialDirection.Read, _city!.Address);
        var source = await _provinceData.Source("yunpu");
        using var pusher = await PartnerAsync(_provinceData, source, CredentialDirection.Write, _road.Address);
        var old = await FeedAsync(reader);
        await ChangeAsync(30, 10);
        var fresh = await FeedAsync(reader);
        // What is old travels along with what is new, in any order.
        var records = old.Take(Records / 10).Concat(fresh).Concat(old.Take(50)).OrderBy(_ => _random.Next()).ToList();
        _road.Plan = PlanOf(
            [
                Mishap.KilledAfter, Mishap.KilledWithin, Mishap.Twice, Mishap.KilledBefore, Mishap.Broken, Mishap.BadGateway,
            ]);
        foreach (var (batch, index) in records.Chunk(BatchSize).Select((batch, index) => (batch, index)))
        {
            var key = "b" + index.ToString(CultureInfo.InvariantCulture);
            var answer = await SendAsync(pusher, key, batch);
            Assert.DoesNotContain("rejected", answer.Results());
            Assert.DoesNotContain("quarantined", answer.Results());
        }

        await SendAsync(pusher, "last", fresh.Where(item => item["kind"]!.GetValue<string>() == DockingItem.Tombstone));
        Assert.True(_kills > 0);
        Note($"pushed {records.Count}: {_kills} kills, {_road.Happened.Count} mishaps");
        Assert.Equal(await BucketsAsync(reader, TestData.ProvinceKey), await BucketsAsync(pusher, "yunpu"));
        await AreEqualAsync(reader, source, "yunpu");
    }

    // The sender does not know what has become of a batch without an answer: it sends the same one again.
    private async Task<Answer> SendAsync(Partner pusher, string key, IEnumerable<JsonNode> batch)
    {
        List<JsonNode> items = [.. batch];
        for (var tries = 0; tries < 20; tries++)
        {
            try
            {
                var answer = await pusher.Push("yunpu", key, items);
                if (answer.Status == HttpStatusCode.OK)
                {
                    return answer;
                }

                Assert.Equal(HttpStatusCode.BadGateway, answer.Status);
            }
            catch (HttpRequestException)
            {
                if (_province!.IsGone)
                {
                    await StartProvinceAsync("public,console");
                }
            }
        }

        throw new InvalidOperationException($"The batch {key} never came through.");
    }

    /// <summary>Every other request meets with something, each kind in turn, until there has been enough of it.</summary>
    private Func<int, Ride> PlanOf(IReadOnlyList<Mishap> kinds)
    {
        var most = Math.Min(MostMishaps, Math.Max(kinds.Count, Records / 500));
        var places = Enumerable.Range(1, most).Select(i => (i * 2) - _random.Next(2)).ToList();
        var tables = Enumerable.Range(0, most).Select(_ => Tables[_random.Next(Tables.Length)]).ToList();
        return number => places.IndexOf(number) is var at and >= 0
            ? new Ride(number, kinds[at % kinds.Count], tables[at], _province)
            : new Ride(number, Mishap.None, "");
    }

    /// <summary>
    /// SIGKILL. Within a transaction: the table that its next statement writes is held, the request or answer goes its way,
    /// and when the statement waits the process dies.
    /// </summary>
    private async Task KillAsync(Ride ride, Func<Task> way)
    {
        var victim = ride.Victim!;
        if (victim.IsGone)
        {
            // A request of a process that has died meanwhile.
            return;
        }

        Interlocked.Increment(ref _kills);
        if (ride.Mishap != Mishap.KilledWithin)
        {
            await victim.KillAsync();
            return;
        }

        await using var holder = new NpgsqlConnection(_provinceData.OwnerConnection);
        await holder.OpenAsync(Cancelled);
        await using var transaction = await holder.BeginTransactionAsync(Cancelled);
        // A constant of the test.
        await using (var command = new NpgsqlCommand($"lock table disclosure.{ride.Table} in share mode", holder, transaction))
        {
            await command.ExecuteNonQueryAsync(Cancelled);
        }

        var going = way();
        // A batch that was in already writes nothing: it is killed after its answer.
        await UntilAsync(async () => victim.IsGone || (_pushing && going.IsCompleted) || await CountAsync(
            "select count(*) from pg_locks where relation = ('disclosure.' || $1)::regclass and not granted", ride.Table) > 0);
        await victim.KillAsync();
        await going;
    }

    // Kept until the end: what was on its way may still ask whether it is gone.
    private async Task StopProvinceAsync()
    {
        if (_province is { } province)
        {
            _dead.Add(province);
            _province = null;
            if (!province.IsGone)
            {
                await province.KillAsync();
            }
        }
    }

    private async Task StartProvinceAsync(string roles)
    {
        await StopProvinceAsync();
        _province = await ChildHost.StartAsync(
            _provinceData, roles, _road is null ? [] : [$"Portal:Outbound:Allow:0=localhost:{_road.Address.Port}"]);
    }

    private static async Task<Partner> PartnerAsync(
        DockingHost data, DockedSource source, CredentialDirection direction, Uri address)
    {
        using var known = await data.Partner(source, direction);
        var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(known.Pem);
        // A process of its own goes by the real time.
        return new Partner(
            new Browser(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, address), TimeProvider.System, known.KeyId, key);
    }

    private async Task<bool> IsLevelAsync(DockedSource source) =>
        (await _provinceData.Reload(source)).Cursor == await HeadAsync();

    private Task<long> HeadAsync() => _cityData.Use<DisclosureDbContext, long>(async db =>
        (await db.Directories.SingleAsync(head => head.Id == _cityData.Site(TestData.ProvinceKey).Id)).LastSequence);

    private async Task AreEqualAsync(Partner reader, DockedSource source, string directory)
    {
        var there = await BucketsAsync(reader, TestData.ProvinceKey);
        var here = await _provinceData.Use<Buckets, List<Bucket>>(buckets => buckets.OfSourceAsync(source.Id, Cancelled));
        Assert.Equal(there, here.Select(bucket => (bucket.Number, bucket.Count, bucket.Hash)));
        // And what the public gets is what the city has published, in lists and in the index of the search alike.
        var published = await TitlesOf(_cityData, TestData.ProvinceKey);
        Assert.Equal(published, await TitlesOf(_provinceData, directory));
        var id = _provinceData.Site(directory).Id;
        Assert.Equal(published.Count, await CountAsync("select count(*) from disclosure.directory_listings where scope_id = $1", id));
        Assert.Equal(0, await CountAsync(
            "select count(*) from disclosure.directory_entries where directory_id = $1 and title_vector = ''::tsvector", id));
        // The sequence has no gap, and the newest change of each entry is the entry.
        Assert.Equal(0, await CountAsync(
            """
            select count(*) from disclosure.directories d where d.id = $1 and d.last_sequence <>
              (select count(*) from disclosure.directory_changes c where c.directory_id = d.id)
            """,
            id));
        Assert.Equal(0, await CountAsync(
            """
            select count(*) from disclosure.directory_entries e where e.directory_id = $1 and not exists (
              select from disclosure.directory_changes c where c.entry_id = e.id and c.sequence = e.sequence
                and c.version = e.version and c.content_hash = e.content_hash)
            """,
            id));
    }

    private static Task<List<string>> TitlesOf(DockingHost host, string directory)
    {
        var id = host.Site(directory).Id;
        return host.Read(db => db.Entries
            .Where(entry => entry.DirectoryId == id && entry.State == EntryState.Listed)
            .OrderBy(entry => entry.IndexNumber)
            .Select(entry => entry.IndexNumber + " " + entry.Title)
            .ToListAsync());
    }

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
            var answer = await reader.Get($"/api/docking/v1/changes?directory={TestData.ProvinceKey}&limit=500&after={after}");
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

    private Task<int> AddAsync(int count) => _cityData.InTransaction(async services =>
    {
        var writer = services.GetRequiredService<DirectoryWriter>();
        var info = _cityData.Site("jyt");
        await writer.LockAsync([info.Path[0]], Cancelled);
        for (var i = 0; i < count; i++)
        {
            var number = Interlocked.Increment(ref _added).ToString(CultureInfo.InvariantCulture);
            await writer.AddAsync(
                new EntryDraft
                {
                    Site = info,
                    Origin = EntryOrigin.Direct,
                    Metadata = EntryMetadata.Read(Partner.Record("000000000/2021-00001")["metadata"]!.ToJsonString())
                        .Set("title", $"关于第{number}号事项的通知").Set("documentNumber", $"松教发〔2021〕{number}号").Set("writtenOn", "2021-01-05"),
                    CodeVersions = [],
                    PublishedAt = new DateTimeOffset(2021, 2, 1, 8, 0, 0, TimeSpan.Zero),
                    Body = "正文第一段。\n正文第二段。",
                },
                null, Cancelled);
        }

        return count;
    });

    // Some entries get another title, some are withdrawn.
    private Task<int> ChangeAsync(int changed, int withdrawn) => _cityData.InTransaction(async services =>
    {
        var db = services.GetRequiredService<DisclosureDbContext>();
        var writer = services.GetRequiredService<DirectoryWriter>();
        var id = _cityData.Site(TestData.ProvinceKey).Id;
        await writer.LockAsync([id], Cancelled);
        var entries = await db.Entries.Where(entry => entry.DirectoryId == id && entry.State == EntryState.Listed)
            .OrderBy(entry => entry.IndexNumber).ToListAsync(Cancelled);
        foreach (var entry in entries.OrderBy(_ => _random.Next()).Take(changed + withdrawn).ToList())
        {
            var listed = changed-- > 0;
            var site = services.GetRequiredService<ISites>().ById(entry.SiteId)!;
            await writer.UpdateAsync(
                entry,
                EntryDraft.Of(entry, site) with
                {
                    Metadata = entry.Metadata.Copy().Set("title", "修改" + entry.Title),
                    State = listed ? EntryState.Listed : EntryState.Withdrawn,
                    Reason = listed ? null : "文件已撤回。",
                },
                null, Cancelled);
        }

        return entries.Count;
    });

    private async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(_provinceData.OwnerConnection);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(_provinceData.OwnerConnection);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static void Note(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);

    /// <summary>Looks again on every beat until it is so; two minutes are more than anything here may take.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            await beat.WaitForNextTickAsync(patience.Token);
        }
    }
}
