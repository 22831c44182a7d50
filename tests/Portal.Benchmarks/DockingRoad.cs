using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace Portal.Benchmarks;

/// <summary>What came of a measured road: records and how long they took.</summary>
internal sealed record DockingFigures(int Records, double PushedPerSecond, double BatchP95, double PulledPerSecond, double FollowedPerSecond);

/// <summary>
/// Two hosts, a database each: records are pushed into the city's in signed batches, then the province pulls them from
/// there. Both are what operation has: signatures, entries, index numbers, changes, search, facts and a trail.
/// </summary>
internal sealed class DockingRoad(HostFiles province, string scratch)
{
    private const int BatchSize = 500;
    private const string Prefix = "docking-measured-";

    public async Task<DockingFigures> RunAsync(int records, CancellationToken cancellation)
    {
        var city = await CityAsync(cancellation);
        using var there = await HostProcess.StartAsync(city, cancellation);
        await using var cityData = NpgsqlDataSource.Create(city.Connection!);
        await DeliveredAsync(cityData, cancellation);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (writer, reader) = await UnitAsync(cityData, key, cancellation);
        var head = await ScalarAsync<long>(cityData, "select last_sequence from disclosure.directories d join host.sites s on s.id = d.id where s.key = 'province'", cancellation);
        var (pushed, batches) = await PushAsync(there, key, writer, records, cancellation);
        var pulled = await PullAsync(there, key, reader, head, cancellation);
        return new DockingFigures(
            records, pushed, Tool.Percentile(batches, 0.95), pulled.PerSecond, pulled.FollowedPerSecond);
    }

    // The city's database is made beside the province's, new each time.
    private async Task<HostFiles> CityAsync(CancellationToken cancellation)
    {
        var builder = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("ConnectionStrings__Portal"));
        var name = builder.Database + "_city";
        await using (var database = NpgsqlDataSource.Create(builder.ConnectionString))
        {
            foreach (var sql in new[] { $"drop database if exists \"{name}\" with (force)", $"create database \"{name}\"" })
            {
                await using var command = database.CreateCommand(sql);
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }

        builder.Database = name;
        var files = province with { DataPath = Path.Combine(scratch, "city"), Connection = builder.ConnectionString };
        Directory.CreateDirectory(files.DataPath);
        await HostProcess.CommandAsync(files, cancellation, "migrate");
        await HostProcess.CommandAsync(files, cancellation, "seed", "--demo");
        return files;
    }

    private static async Task<(string Writer, string Reader)> UnitAsync(
        NpgsqlDataSource database, ECDsa key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            with unit as (
              insert into disclosure.docked_sources (id, key, name, site_id, directory_id, mode, state, created_at, cursor,
                head_sequence, failures, differences)
              select gen_random_uuid(), 'measured', '计时单位', id, id, 'Push', 'Active', now(), 0, 0, 0, 0
              from host.sites where key = 'province' returning id, directory_id)
            insert into disclosure.docking_credentials (id, source_id, key_id, direction, directory_id, public_key, issued_at,
              issued_by, expires_at)
            select gen_random_uuid(), unit.id, kinds.key_id, kinds.direction, unit.directory_id, $1, now(), '计时', now() + interval '1 day'
            from unit, (values ('dk-measured-write', 'Write'), ('dk-measured-read', 'Read')) kinds (key_id, direction)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = key.ExportSubjectPublicKeyInfo() });
        await command.ExecuteNonQueryAsync(cancellation);
        return ("dk-measured-write", "dk-measured-read");
    }

    private static async Task<(double PerSecond, List<double> Batches)> PushAsync(
        HostProcess host, ECDsa key, string keyId, int records, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        client.DefaultRequestHeaders.Host = $"localhost:{host.Port}";
        var batches = Enumerable.Range(0, records).Chunk(BatchSize).Select(BodyOf).ToList();
        List<double> times = [];
        // The first batches meet a host that is still being compiled.
        var warm = Math.Min(4, batches.Count / 4);
        var watch = new Stopwatch();
        for (var i = 0; i < batches.Count; i++)
        {
            if (i == warm)
            {
                watch.Start();
            }

            var before = Stopwatch.GetTimestamp();
            await SendAsync(client, key, keyId, i, batches[i], cancellation);
            if (i >= warm)
            {
                times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        }

        return ((records - (warm * BatchSize)) / watch.Elapsed.TotalSeconds, times);
    }

    private static async Task SendAsync(
        HttpClient client, ECDsa key, string keyId, int number, byte[] body, CancellationToken cancellation)
    {
        const string target = "/api/docking/v1/batches?directory=province";
        var (time, hash) = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(body)));
        var idempotency = Prefix + number.ToString(CultureInfo.InvariantCulture);
        var text = string.Join('\n', "portal-docking-v1", "POST", target, time, idempotency, hash);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Docking-Key", keyId);
        request.Headers.Add("X-Docking-Timestamp", time);
        request.Headers.Add("X-Docking-Content-SHA256", hash);
        request.Headers.Add("Idempotency-Key", idempotency);
        request.Headers.Add("X-Docking-Signature", Convert.ToBase64String(
            key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        using var answer = await client.SendAsync(request, cancellation);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        if (answer.StatusCode != HttpStatusCode.OK || json.RootElement.GetProperty("added").GetInt32() != json.RootElement.GetProperty("received").GetInt32())
        {
            throw new BenchmarkException($"Batch {number} answered {(int)answer.StatusCode}: {json.RootElement.GetRawText()[..Math.Min(600, json.RootElement.GetRawText().Length)]}");
        }
    }

    private async Task<(double PerSecond, double FollowedPerSecond)> PullAsync(
        HostProcess city, ECDsa key, string keyId, long from, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__Portal")!);
        using var here = await HostProcess.StartAsync(
            province, cancellation, $"--Portal:Outbound:Allow:0=localhost:{city.Port}");
        var password = File.ReadLines(Path.Combine(province.DataPath, "demo-sign-ins.txt")).First().Split(": ")[1].Trim();
        using var admin = await PlainBrowser.SignInAsync(here, "admin", password, cancellation);
        var unit = "measured-" + Guid.CreateVersion7().ToString("N")[^8..];
        await DeliveredAsync(database, cancellation);
        var site = await ScalarAsync<Guid>(database, "select id from host.sites where key = 'province'", cancellation);
        await admin.SubmitAsync(
            "/console/docking/new", "/console/docking/new", cancellation, ("Key", unit), ("Name", "计时单位"),
            ("SiteId", site.ToString()), ("Mode", "Pull"), ("FeedAddress", $"http://localhost:{city.Port}"),
            ("RemoteDirectory", "province"), ("RemoteKeyId", keyId), ("RemoteKey", key.ExportPkcs8PrivateKeyPem()));
        var before = await ScalarAsync<long>(database, "select count(*) from disclosure.directory_entries", cancellation);
        await using (var start = database.CreateCommand(
            "update disclosure.docked_sources set state = 'Active', cursor = $2, next_pull_at = null where key = $1"))
        {
            start.Parameters.Add(new NpgsqlParameter { Value = unit });
            start.Parameters.Add(new NpgsqlParameter { Value = from });
            await start.ExecuteNonQueryAsync(cancellation);
        }

        // The worker looks every fifteen seconds; what counts begins with its first page and ends with its last.
        while (!await ScalarAsync<bool>(
            database, $"select next_pull_at is not null from disclosure.docked_sources where key = '{unit}'", cancellation))
        {
            await Task.Delay(100, cancellation);
        }

        var failure = await ScalarAsync<string>(
            database, $"select coalesce(last_failure, held_for, '') from disclosure.docked_sources where key = '{unit}'", cancellation);
        if (failure.Length > 0)
        {
            throw new BenchmarkException("The province could not pull: " + failure);
        }

        await DeliveredAsync(database, cancellation);
        // From the end of the first page: it meets a host that is still being compiled, and its way there is not in its run.
        var perSecond = await ScalarAsync<double>(
            database,
            $"""
            with runs as (select r.* from disclosure.docking_runs r join disclosure.docked_sources s on s.id = r.source_id where s.key = '{unit}')
            select ((sum(added) - (select added from runs order by started_at limit 1))
              / extract(epoch from max(finished_at) - min(finished_at)))::float8 from runs
            """,
            cancellation);
        var followed = await ScalarAsync<double>(
            database,
            $"""
            select (count(*) / extract(epoch from max(o.dispatched_at) - min(r.finished_at)))::float8
            from disclosure.outbox o, (select min(finished_at) as finished_at from disclosure.docking_runs r
              join disclosure.docked_sources s on s.id = r.source_id where s.key = '{unit}') r
            where o.type like '%.DirectoryEntryChanged' and o.dispatched_at >= r.finished_at
            """,
            cancellation);
        var after = await ScalarAsync<long>(database, "select count(*) from disclosure.directory_entries", cancellation);
        return after > before ? (perSecond, followed) : throw new BenchmarkException("Nothing was pulled.");
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static byte[] BodyOf(int[] numbers) =>
        JsonSerializer.SerializeToUtf8Bytes(new { items = numbers.Select(RecordOf) }, Plain);

    // In the order of their names, so that what is written is the canonical text already (docs/docking.md).
    private static SortedDictionary<string, object> RecordOf(int number)
    {
        SortedDictionary<string, object> record = new(StringComparer.Ordinal)
        {
            ["kind"] = "upsert",
            ["indexNumber"] = string.Create(CultureInfo.InvariantCulture, $"990{number % 900_000:000000}/2021-{number % 90_000:00000}"),
            ["publishedAt"] = string.Create(CultureInfo.InvariantCulture, $"20{10 + (number % 15)}-0{1 + (number % 9)}-{1 + (number % 28):00}T08:00:00+08:00"),
            ["metadata"] = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["title"] = $"松潭市人民政府关于印发第{number}号{Themes[number % Themes.Length]}实施方案的通知",
                ["writtenOn"] = "2010-01-05",
                ["publisher"] = "松潭市人民政府",
                ["subject"] = "1102",
                ["documentNumber"] = $"松政发〔2010〕{number}号",
                ["genre"] = "08",
                ["validity"] = "effective",
                ["kind"] = "normative",
                ["openness"] = "proactive",
                ["statutoryItem"] = "01",
                ["description"] = "为贯彻落实省委、省政府有关部署，结合本市实际，制定本方案，请各县（区）、各部门认真组织实施。",
            },
            ["body"] = string.Join('\n', Enumerable.Repeat(
                "各县（区）人民政府，市政府各部门、各直属机构：现将实施方案印发给你们，请结合实际认真贯彻执行，并将落实情况按季度报送市政府办公室。", 8)),
        };
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(record, Plain)));
        record["version"] = 1;
        record["contentHash"] = hash;
        record["updatedAt"] = "2021-02-01T08:00:00+08:00";
        return record;
    }

    private static readonly string[] Themes =
        ["优化营商环境", "乡村振兴", "义务教育优质均衡", "水污染防治", "安全生产", "数字政府建设", "城市更新", "养老服务"];

    private static async Task DeliveredAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        while (await ScalarAsync<bool>(
            database, "select exists (select from disclosure.outbox where dispatched_at is null and parked_at is null)", cancellation))
        {
            await Task.Delay(50, cancellation);
        }
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
