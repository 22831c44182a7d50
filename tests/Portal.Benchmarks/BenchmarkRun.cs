using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Portal.Benchmarks;

/// <summary>All measurements, one after another, and the table of what came out.</summary>
internal sealed partial class BenchmarkRun(Options options) : IDisposable
{
    private const int Dropped = 256;
    private const int Searches = 300;
    private const int Decisions = 4_000;
    private const int OpenDeadlines = 200_000;

    // Nothing fits: every request renders. Locking and the key of the cache stay in the path.
    private const string NoPageCache = "--Portal:PageCacheBytes=1";

    // The head of the demo province, who may approve imports into every site.
    private const string Approver = "admin";

    private static readonly string[] Words =
    [
        "办法", "通知", "管理", "条例", "服务", "规定", "实施", "意见", "公开", "政府", "营商环境", "生态保护", "行政许可",
        "乡村振兴", "安全生产", "数字政府", "人才", "教育", "医疗保障", "住房公积金", "社会保险", "企业登记",
    ];

    // A portal, a department and a county; the search box of the portal is the one that is measured.
    private static readonly (string Site, string Channel, int Percent)[] LargeSites =
    [
        ("province", "zhengce", 60), ("province", "tongzhi", 25), ("jyt", "zhengce", 10), ("hetang", "zhengce", 5),
    ];

    private readonly string _scratch = Directory.CreateTempSubdirectory("portal-benchmarks-").FullName;
    private readonly List<(string Figure, string Measured, string Baseline, string Target)> _rows = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        var files = HostFiles.Find(options.Host, _scratch);
        Directory.CreateDirectory(files.DataPath);
        Note("database");
        await HostProcess.CommandAsync(files, cancellation, "migrate");
        await HostProcess.CommandAsync(files, cancellation, "seed", "--demo");
        if (options.Documents is { } documents && options.Wants("import", "search", "directory"))
        {
            await ImportAsync(files, documents, cancellation);
        }

        if (options.Wants("start"))
        {
            await MeasureStartAsync(files, cancellation);
        }

        if (options.Wants("cached", "memory", "recovery"))
        {
            using var host = await HostProcess.StartAsync(files, cancellation);
            await DeliveredAsync(cancellation);
            await MeasureCachedAsync(host, cancellation);
        }

        if (options.Wants("fresh", "search"))
        {
            using var host = await HostProcess.StartAsync(files, cancellation, NoPageCache);
            await MeasureFreshAsync(host, cancellation);
        }

        if (options.Wants("publish"))
        {
            await MeasurePublishAsync(files, cancellation);
        }

        if (options.Wants("audit"))
        {
            await MeasureTrailAsync(files, cancellation);
        }

        if (options.Wants("deadlines"))
        {
            await MeasureDeadlinesAsync(files, cancellation);
        }

        if (options.Wants("docking"))
        {
            Note("docking");
            var road = await new DockingRoad(files, _scratch).RunAsync(options.Docked, cancellation);
            Add("docking, records/s pushed in batches of 500", Show(road.PushedPerSecond), $"p95 {Show(road.BatchP95)} ms a batch", "≥ 400");
            Add("docking, records/s pulled", Show(road.PulledPerSecond),
                $"{Show(road.FollowedPerSecond)} until lists, due dates and pages follow", "≥ 1000");
        }

        if (options.Wants("directory"))
        {
            await MeasureDirectoryAsync(files, cancellation);
        }

        if (options.Wants("interviews"))
        {
            await MeasureInterviewAsync(files, cancellation);
        }

        if (options.Wants("letters"))
        {
            await MeasureLettersAsync(files, cancellation);
        }

        if (options.Wants("surveys"))
        {
            await MeasureSurveysAsync(files, cancellation);
        }

        if (options.Wants("letters-kill"))
        {
            await ProveLettersAsync(files, cancellation);
        }

        if (options.Wants("letter-lists"))
        {
            await MeasureLetterListsAsync(files, cancellation);
        }

        if (options.Wants("search-large"))
        {
            await MeasureLargeSearchAsync(files, cancellation);
        }

        Print();
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private async Task ImportAsync(HostFiles files, FileInfo documents, CancellationToken cancellation)
    {
        Note("import");
        var said = await HostProcess.CommandAsync(
            files, cancellation, "import", "documents", documents.FullName, "--site", "province", "--channel", options.Channel,
            "--approved-by", Approver);
        var match = Imported().Match(said);
        Add("import, documents/s", match.Success && match.Groups[1].Value != "0" ? match.Groups[2].Value : "nothing new",
            match.Success ? match.Value : "", "≥ 300");
    }

    private async Task MeasureStartAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("start");
        var times = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            using var host = await HostProcess.StartAsync(files, cancellation);
            times.Add(host.StartedIn.TotalMilliseconds);
        }

        Add("start to ready, ms", Show(Tool.Median(times)), $"worst {Show(times.Max())}", "< 2000");
    }

    private static NpgsqlDataSource Database() =>
        NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__Portal")!);

    // The facts of an import evict pages of its channel until the last one is delivered.
    private static async Task DeliveredAsync(CancellationToken cancellation)
    {
        await using var database = Database();
        await using var waiting = database.CreateCommand(
            "select exists (select from publishing.outbox where dispatched_at is null and parked_at is null)");
        while ((bool)(await waiting.ExecuteScalarAsync(cancellation))!)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
    }

    private async Task MeasureCachedAsync(HostProcess host, CancellationToken cancellation)
    {
        Note("cached");
        var path = (await DocumentsOfAsync(host, cancellation))[0];
        using var client = Client(host);
        using var page = await client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        page.EnsureSuccessStatusCode();
        var bytes = await page.Content.ReadAsByteArrayAsync(cancellation);
        using var nginx = await Nginx.StartAsync(_scratch, page, bytes, cancellation);
        await WarmAsync(() => Wrk.SameAsync(host.Port, path, 32, options.Seconds, cancellation));
        foreach (var connections in (int[])[32, 256])
        {
            List<Wrk> ours = [], theirs = [];
            var resident = 0.0;
            var (cpu, requests) = (TimeSpan.Zero, 0.0);
            for (var round = 0; round < options.Rounds; round++)
            {
                theirs.Add(await Wrk.SameAsync(nginx.Port, "/page", connections, options.Seconds, cancellation));
                var before = host.Cpu;
                var load = Wrk.SameAsync(host.Port, path, connections, options.Seconds, cancellation);
                await Task.Delay(TimeSpan.FromSeconds(options.Seconds * 0.8), cancellation);
                resident = Math.Max(resident, host.ResidentMegabytes);
                ours.Add(await load);
                cpu += host.Cpu - before;
                requests += ours[^1].PerSecond * options.Seconds;
            }

            var ratio = Tool.Median(ours.Select(run => run.PerSecond)) / Tool.Median(theirs.Select(run => run.PerSecond));
            var what = $"cached article ({bytes.Length / 1024.0:F1} KB br), {connections} connections";
            Add($"{what}: requests/s", $"{Show(Tool.Median(ours.Select(run => run.PerSecond)))} ({ratio:F2} × nginx)",
                $"nginx {Show(Tool.Median(theirs.Select(run => run.PerSecond)))}", "≥ 0.55 × nginx");
            Add($"{what}: p99 ms", Show(Tool.Median(ours.Select(run => run.P99))),
                $"nginx {Show(Tool.Median(theirs.Select(run => run.P99)))}", connections == 256 ? "< 100" : "");
            Add($"{what}: processor time of the host, µs a request", Show(cpu.TotalMicroseconds / requests), "", "");
            Add($"{what}: errors", Show(ours.Sum(run => run.Errors)), $"nginx {Show(theirs.Sum(run => run.Errors))}", "0");
            if (connections == 256)
            {
                Add("resident memory at 256 connections, MB", Show(resident), $"peak {Show(host.PeakMegabytes)}", "< 300");
            }
        }

        if (options.Wants("recovery"))
        {
            await MeasureRecoveryAsync(host, path, cancellation);
        }
    }

    // The runtime compiles what is hot a second time, in the background: until then it is several times slower.
    private static async Task WarmAsync(Func<Task<Wrk>> run)
    {
        var best = 0.0;
        for (var runs = 1; ; runs++)
        {
            var last = (await run()).PerSecond;
            if (runs >= 4 && last <= best * 1.1)
            {
                return;
            }

            best = Math.Max(best, last);
        }
    }

    private async Task MeasureRecoveryAsync(HostProcess host, string path, CancellationToken cancellation)
    {
        Note("recovery");
        var before = await Wrk.SameAsync(host.Port, path, 32, options.Seconds, cancellation);
        var sockets = new List<TcpClient>();
        for (var i = 0; i < Dropped; i++)
        {
            var socket = new TcpClient { LingerState = new LingerOption(true, 0) };
            await socket.ConnectAsync("127.0.0.1", host.Port, cancellation);
            // Half of them in the middle of the request, half while the host is at work on a search nobody asked before.
            var end = i % 2 == 0 ? "" : "\r\n\r\n";
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"GET /search?q=drop{i} HTTP/1.1\r\nHost: localhost{end}"), cancellation);
            sockets.Add(socket);
        }

        // Linger zero: a reset, as of a client that is gone.
        sockets.ForEach(socket => socket.Dispose());
        await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        var after = await Wrk.SameAsync(host.Port, path, 32, options.Seconds, cancellation);
        Add($"2 s after {Dropped} clients drop: requests/s, errors", $"{Show(after.PerSecond)}, {after.Errors}",
            $"before {Show(before.PerSecond)} ({after.PerSecond / before.PerSecond:F2} ×)", "full speed, 0");
    }

    private async Task MeasureFreshAsync(HostProcess host, CancellationToken cancellation)
    {
        var documents = await DocumentsOfAsync(host, cancellation);
        using var client = Client(host);
        if (options.Wants("fresh"))
        {
            Note("fresh");
            using var page = await client.GetAsync(new Uri(documents[0], UriKind.Relative), cancellation);
            using var nginx = await Nginx.StartAsync(
                _scratch, page, await page.Content.ReadAsByteArrayAsync(cancellation), cancellation);
            (string Name, IReadOnlyList<string> Paths)[] pages =
            [
                ("article", [.. documents.Take(50)]), ("channel", ["/" + options.Channel]), ("home", ["/"]),
            ];
            foreach (var (_, paths) in pages)
            {
                await WarmAsync(() => Wrk.DistinctAsync(_scratch, host.Port, paths, 32, options.Seconds, cancellation));
            }

            var runs = new Dictionary<string, List<Wrk>>();
            var cpu = pages.ToDictionary(one => one.Name, _ => TimeSpan.Zero);
            for (var round = 0; round < options.Rounds; round++)
            {
                Keep("nginx", await Wrk.SameAsync(nginx.Port, "/page", 32, options.Seconds, cancellation));
                foreach (var (name, paths) in pages)
                {
                    var before = host.Cpu;
                    Keep(name, await Wrk.DistinctAsync(_scratch, host.Port, paths, 32, options.Seconds, cancellation));
                    cpu[name] += host.Cpu - before;
                }

                Keep("256", await Wrk.DistinctAsync(_scratch, host.Port, pages[0].Paths, 256, options.Seconds, cancellation));
            }

            var baseline = Tool.Median(runs["nginx"].Select(run => run.PerSecond));
            foreach (var (name, _) in pages)
            {
                var rate = Tool.Median(runs[name].Select(run => run.PerSecond));
                Add($"fresh {name}, 32 connections: requests/s", $"{Show(rate)} ({rate / baseline:F3} × nginx)",
                    $"nginx {Show(baseline)}", name == "article" ? "≥ 0.08 × nginx" : "");
                Add($"fresh {name}: processor time of the host, µs a request",
                    Show(cpu[name].TotalMicroseconds / runs[name].Sum(run => run.PerSecond * options.Seconds)), "", "");
                Add($"fresh {name}, 32 connections: p99 ms", Show(Tool.Median(runs[name].Select(run => run.P99))),
                    $"errors {runs[name].Sum(run => run.Errors)}", "");
            }

            Add("fresh article, 256 connections: p99 ms", Show(Tool.Median(runs["256"].Select(run => run.P99))),
                $"errors {runs["256"].Sum(run => run.Errors)}", "< 100");

            void Keep(string name, Wrk run)
            {
                runs.TryAdd(name, []);
                runs[name].Add(run);
            }
        }

        if (options.Wants("search"))
        {
            await MeasureSearchAsync(client, cancellation);
        }
    }

    private async Task MeasureSearchAsync(HttpClient client, CancellationToken cancellation)
    {
        Note("search");
        var queries = Queries();
        var times = new List<double>();
        var found = 0;
        for (var i = -20; i < queries.Count; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(
                new Uri("/search?q=" + Uri.EscapeDataString(queries[Math.Abs(i) % queries.Count]), UriKind.Relative),
                cancellation);
            answer.EnsureSuccessStatusCode();
            var page = await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (i >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
                found += page.Length;
            }
        }

        Add($"search page, {queries.Count} queries one by one: p50 ms", Show(Tool.Percentile(times, 0.5)),
            $"{found / queries.Count / 1024.0:F1} KB a page", "");
        Add($"search page, {queries.Count} queries one by one: p95 ms", Show(Tool.Percentile(times, 0.95)),
            $"worst {Show(times.Max())}", "< 30 at 3,000 documents");
    }

    private async Task MeasurePublishAsync(HostFiles files, CancellationToken cancellation)
    {
        const string channel = "tongzhi";
        using var host = await HostProcess.StartAsync(files, cancellation);
        using var visitor = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        visitor.DefaultRequestHeaders.Host = $"localhost:{host.Port}";
        using var desk = await PublicationDesk.OpenAsync(host, files, cancellation);
        Note("publish");
        List<double> pages = [], channels = [];
        for (var i = -5; i < options.Publications; i++)
        {
            var (page, list) = await desk.PublishAsync(i, channel, visitor, cancellation);
            if (i >= 0)
            {
                pages.Add(page.TotalMilliseconds);
                channels.Add(list.TotalMilliseconds);
            }
        }

        foreach (var (name, times) in new[] { ("its page", pages), ("the cached page of its channel", channels) })
        {
            Add($"release to visible, {name}: p50; p99; worst ms",
                $"{Show(Tool.Median(times))}; {Show(Tool.Percentile(times, 0.99))}; {Show(times.Max())}",
                $"{times.Count} publications", "p99 < 300");
        }
    }

    // Every due date is off, as after a notice that moves all of them: each row is written.
    private async Task MeasureDeadlinesAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("deadlines");
        await using var database = Database();
        await using (var fill = database.CreateCommand(
            $"""
            delete from disclosure.openness_items where calendar = 'measured';
            insert into disclosure.openness_items
              (id, site_id, kind, subject_id, title, started_at, due_at, is_provisional, calendar)
            select gen_random_uuid(), sites[1 + n % cardinality(sites)], (array['Normative', 'Disclosure'])[1 + n % 2],
              gen_random_uuid(), 'measured', timestamptz '2025-12-01 00:00:00+08' + make_interval(days => n % 350),
              timestamptz '2024-01-01 00:00:00+08', false, 'measured'
            from generate_series(1, {OpenDeadlines}) n, (select array_agg(id order by id) sites from host.sites) owners;
            analyze disclosure.openness_items
            """))
        {
            await fill.ExecuteNonQueryAsync(cancellation);
        }

        var said = Recomputed().Match(await HostProcess.CommandAsync(files, cancellation, "openness", "recompute"));
        Add($"recompute {OpenDeadlines:N0} open deadlines, s",
            said.Success ? Show(double.Parse(said.Groups[3].Value, CultureInfo.InvariantCulture) / 1_000) : "failed",
            said.Success ? $"{said.Groups[2].Value} moved" : "", "< 10");
    }

    private async Task MeasureTrailAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("audit");
        await using var database = Database();
        // The decisions of the demo once more, each under an id of its own.
        await using (var again = database.CreateCommand(
            $$"""
            insert into publishing.outbox (id, type, payload, occurred_at, available_at, attempts)
            select gen_random_uuid(), type, jsonb_set(payload, '{id}', to_jsonb(gen_random_uuid())), occurred_at, now(), 0
            from publishing.outbox, generate_series(1, 100)
            where type = 'Portal.Shared.Decisions.DecisionTaken' limit {{Decisions}}
            """))
        {
            await again.ExecuteNonQueryAsync(cancellation);
        }

        var first = await EntriesAsync();
        var last = first;
        using var host = await HostProcess.StartAsync(files, cancellation, "--Portal:Roles=worker");
        // The first hundreds meet a host that is still being compiled.
        var (from, to) = (first + (Decisions / 2), first + Decisions);
        var (watch, cpu) = (new Stopwatch(), TimeSpan.Zero);
        while (last < to)
        {
            await Task.Delay(20, cancellation);
            last = await EntriesAsync();
            if (!watch.IsRunning && last >= from)
            {
                from = last;
                cpu = host.Cpu;
                watch.Start();
            }
        }

        watch.Stop();
        Add("trail, entries/s", Show((last - from) / watch.Elapsed.TotalSeconds),
            $"{last - from} entries, {Show((host.Cpu - cpu).TotalMicroseconds / (last - from))} µs of the host's processor each",
            "≥ 500");

        async Task<long> EntriesAsync()
        {
            await using var count = database.CreateCommand("select coalesce(max(index) + 1, 0) from audit.entries");
            return (long)(await count.ExecuteScalarAsync(cancellation))!;
        }
    }

    private async Task MeasureLargeSearchAsync(HostFiles files, CancellationToken cancellation)
    {
        var documents = options.Documents ?? throw new BenchmarkException("search-large needs --documents.");
        Note("large collection");
        var collection = await LargeCollection.ReadAsync(documents, cancellation);
        var first = 0;
        foreach (var (site, channel, percent) in LargeSites)
        {
            var count = (int)((long)options.Large * percent / 100);
            var file = Path.Combine(_scratch, "large.jsonl.gz");
            await collection.WriteAsync(file, first, count, cancellation);
            Note($"import of {count} into {site}: " + await HostProcess.CommandAsync(
                files, cancellation, "import", "documents", file, "--site", site, "--channel", channel,
                "--approved-by", Approver));
            File.Delete(file);
            first += count;
        }

        // Without the worker: a few hundred thousand facts are on their way to the other modules for hours.
        using var host = await HostProcess.StartAsync(files, cancellation, NoPageCache, "--Portal:Roles=public");
        using var client = Client(host);
        Note("search-large");
        var all = new List<double>();
        foreach (var (name, queries) in LargeQueries())
        {
            var times = await TimesOfAsync(client, queries, cancellation);
            Add($"search in {options.Large} documents, {name}: p50; p95; worst ms",
                $"{Show(Tool.Percentile(times, 0.5))}; {Show(Tool.Percentile(times, 0.95))}; {Show(times.Max())}",
                $"{queries.Count} queries", "");
            all.AddRange(times);
        }

        Add($"search in {options.Large} documents: p50; p95; worst ms",
            $"{Show(Tool.Percentile(all, 0.5))}; {Show(Tool.Percentile(all, 0.95))}; {Show(all.Max())}",
            $"{all.Count} queries", "p95 < 100");
    }

    private static async Task<List<double>> TimesOfAsync(
        HttpClient client, IReadOnlyList<string> queries, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (var i = -5; i < queries.Count; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(
                new Uri("/search?" + queries[Math.Abs(i) % queries.Count], UriKind.Relative), cancellation);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (i >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return times;
    }

    private List<(string Name, IReadOnlyList<string> Queries)> LargeQueries()
    {
        const string province = "&scope=province";
        var titles = Queries().Skip(Words.Length).ToList();
        return
        [
            ("common words", Of(Words)),
            ("2 to 40 letters out of titles", Of(titles.Take(120))),
            ("one character", Of("法水路人的公园电".Select(character => character.ToString()))),
            ("quoted phrases", Of(titles.Where(title => title.Length is > 2 and < 12).Take(30).Select(title => $"“{title}”")
                .Concat(["“应当自收到申请之日起”", "“责令改正”", "“人民政府”", "“的”"]))),
            ("two words", Of(Words.Zip(Words.Reverse(), (one, other) => $"{one} {other}"))),
            ("nothing found", Of(["魑魅魍魉", "管理办法通知条例服务", "量子麒麟", "zzzz", "“行政许可乡村振兴”"])),
            ("filters", [.. Words.Take(12).SelectMany(word => new[] { "&year=2015", "&type=policy", "&year=2003" + province, "&type=notice" },
                (word, filter) => "q=" + Uri.EscapeDataString(word) + filter)]),
        ];

        // In the site (most of the collection) and in the whole province.
        static IReadOnlyList<string> Of(IEnumerable<string> words) =>
            [.. words.Select((word, i) => "q=" + Uri.EscapeDataString(word) + (i % 2 == 0 ? "" : province))];
    }

    // Words everybody searches, and two, four and many letters out of titles, always the same ones.
    private List<string> Queries()
    {
        List<string> queries = [.. Words];
        if (options.Documents is not { } documents)
        {
            return queries;
        }

        using Stream file = documents.OpenRead();
        using var reader = new StreamReader(
            documents.Extension == ".gz" ? new GZipStream(file, CompressionMode.Decompress) : file);
        var lengths = new[] { 2, 3, 4, 40 };
        while (queries.Count < Searches && reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var title = json.RootElement.GetProperty("title").GetString() ?? "";
            var length = Math.Min(title.Length, lengths[queries.Count % lengths.Length]);
            if (length >= 2)
            {
                queries.Add(title.Substring((title.Length - length) / 2, length));
            }
        }

        return queries;
    }

    private async Task<IReadOnlyList<string>> DocumentsOfAsync(HostProcess host, CancellationToken cancellation)
    {
        using var client = Client(host);
        client.DefaultRequestHeaders.AcceptEncoding.Clear();
        var found = new List<string>();
        var index = await client.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), cancellation);
        foreach (var part in Locations().Matches(index).Select(match => new Uri(match.Groups[1].Value).PathAndQuery))
        {
            var map = await client.GetStringAsync(new Uri(part, UriKind.Relative), cancellation);
            found.AddRange(Locations().Matches(map).Select(match => new Uri(match.Groups[1].Value).AbsolutePath)
                .Where(path => path.StartsWith($"/{options.Channel}/", StringComparison.Ordinal)));
        }

        return found.Count > 0 ? found : throw new BenchmarkException("The site map names no document of the channel.");
    }

    private static HttpClient Client(HostProcess host)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        client.DefaultRequestHeaders.Host = $"localhost:{host.Port}";
        client.DefaultRequestHeaders.Add("Accept-Encoding", Wrk.Coding);
        return client;
    }

    private void Add(string figure, string measured, string baseline, string target) =>
        _rows.Add((figure, measured, baseline, target));

    private void Print()
    {
        Console.WriteLine($"| figure ({Environment.ProcessorCount} cores, wrk on the same) | measured | beside it | target |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (figure, measured, baseline, target) in _rows)
        {
            Console.WriteLine($"| {figure} | {measured} | {baseline} | {target} |");
        }
    }

    private static void Note(string stage) => Console.Error.WriteLine(
        $"{stage} (load {File.ReadAllText("/proc/loadavg").Split(' ')[0]})");

    private static string Show(double value) =>
        value.ToString(value < 100 ? "0.#" : "0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) open items read anew, (\d+) moved, in (\d+) ms")]
    private static partial Regex Recomputed();

    [GeneratedRegex(@"Imported (\d+).*\((\d+) a second\)")]
    private static partial Regex Imported();

    [GeneratedRegex("<loc>([^<]+)</loc>")]
    private static partial Regex Locations();
}
