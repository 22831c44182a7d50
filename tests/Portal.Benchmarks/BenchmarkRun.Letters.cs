using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Portal.Benchmarks;

/// <summary>Letters to the mailboxes: how many are taken a second, and how their lists read when there are many.</summary>
internal sealed partial class BenchmarkRun
{
    private const string NewLetter = "/letters/new";
    private const int Writers = 32;

    private static readonly string[] PublishedLists =
    [
        "", "?kind=inquiry", "?kind=complaint", "?mailbox=governor", "?mailbox=service", "?year=2024", "?year=2023&kind=inquiry",
    ];

    private static readonly string[] DeskLists =
    [
        "", "?set=All", "?set=Late", "?set=Near", "?set=ToDispatch", "?set=All&kind=Complaint", "?set=All&kind=Inquiry",
    ];

    private async Task MeasureLettersAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("letters");
        await using var database = Database();
        using var host = await HostProcess.StartAsync(files, cancellation, PublicVisitor.Proxied, "--Portal:Roles=public");
        using var visitor = await PublicVisitor.EnterAsync(() => host, NewLetter, cancellation);
        await ExecuteAsync(database, "create table if not exists bare_letters (id uuid primary key, number text, title text, at timestamptz); "
            + "create table if not exists bare_papers (id uuid primary key, letter_id uuid, sealed bytea)", cancellation);
        List<double> ours = [], theirs = [], p99 = [];
        // The first round warms up.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var bodies = await FilledLettersAsync(visitor, 1_500 * options.Seconds, cancellation);
            var bare = await BareAsync(database, cancellation);
            var before = await CountAsync(database, "select count(*) from interaction.letters", cancellation);
            var run = await Wrk.PostAsync(_scratch, host.Port, NewLetter, visitor.Cookie, bodies, Writers, options.Seconds, cancellation);
            var taken = await CountAsync(database, "select count(*) from interaction.letters", cancellation) - before;
            // What was under way when the time was up is taken too, and counts for nothing.
            if (run.Errors > 0 || taken < run.PerSecond * options.Seconds * 0.99 || taken >= bodies.Count)
            {
                throw new BenchmarkException($"{run.PerSecond} a second, {run.Errors} errors, {taken} of {bodies.Count} letters taken.");
            }

            if (round > 0)
            {
                ours.Add(run.PerSecond);
                theirs.Add(bare);
                p99.Add(run.P99);
            }
        }

        await ExecuteAsync(database, "drop table bare_letters; drop table bare_papers", cancellation);
        var ratio = Tool.Median(ours) / Tool.Median(theirs);
        Add($"letters taken, {Writers} writers: letters/s", string.Create(CultureInfo.InvariantCulture, $"{Show(Tool.Median(ours))} ({ratio:F2} × bare)"),
            $"two inserts in a transaction: {Show(Tool.Median(theirs))}; p99 {Show(Tool.Median(p99))} ms", "≥ 0.5 × bare");
    }

    private static async Task<List<string>> FilledLettersAsync(PublicVisitor visitor, int count, CancellationToken cancellation)
    {
        var bodies = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation }, async (i, cancel) =>
        {
            var (_, page) = await visitor.GetAsync(NewLetter, cancel);
            bodies.Add(await visitor.BodyAsync(LetterFields(PublicVisitor.FieldOf(page, "FormToken"), i)));
        });
        return [.. bodies];
    }

    private static IEnumerable<(string Name, string Value)> LetterFields(string token, int number) =>
    [
        ("FormToken", token), ("Mailbox", "governor"), ("Kind", "Inquiry"), ("Name", "测压员"), ("Phone", ""),
        ("Title", string.Create(CultureInfo.InvariantCulture, $"关于第{number}号楼加装电梯的咨询")),
        ("Text", string.Create(
            CultureInfo.InvariantCulture,
            $"我们小区第{number}号楼建成二十多年，住的多是老人，上下楼很不方便。请问加装电梯要多少住户同意，补贴怎样申请，由哪个部门办理，大约多久能够办完？编号{Stopwatch.GetTimestamp()}。")),
    ];

    // What the database can do at all: a letter and a paper of a kilobyte, committed.
    private async Task<double> BareAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var content = RandomNumberGenerator.GetBytes(1024);
        var done = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = Stopwatch.StartNew();
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(
            async () =>
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                while (watch.Elapsed.TotalSeconds < options.Seconds)
                {
                    var id = Guid.CreateVersion7();
                    await using var transaction = await connection.BeginTransactionAsync(cancellation);
                    await using var batch = new NpgsqlBatch(connection, transaction)
                    {
                        BatchCommands =
                        {
                            new NpgsqlBatchCommand("insert into bare_letters values ($1, $2, $3, $4)")
                            {
                                Parameters = { new() { Value = id }, new() { Value = id.ToString() }, new() { Value = "关于加装电梯的咨询" }, new() { Value = DateTime.UnixEpoch } },
                            },
                            new NpgsqlBatchCommand("insert into bare_papers values ($1, $2, $3)")
                            {
                                Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = id }, new() { Value = content } },
                            },
                        },
                    };
                    await batch.ExecuteNonQueryAsync(cancellation);
                    await transaction.CommitAsync(cancellation);
                    Interlocked.Increment(ref done);
                }
            },
            cancellation)).ToList();
        await Task.WhenAll(writers);
        return done / watch.Elapsed.TotalSeconds;
    }

    private async Task MeasureLetterListsAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("letter-lists");
        await using var database = Database();
        await CopyLettersAsync(database, cancellation);
        await HostProcess.CommandAsync(files, cancellation, "letters", "recount");
        var letters = await CountAsync(database, "select count(*) from interaction.letters", cancellation);
        var words = new List<string>();
        await using (var titles = database.CreateCommand(
            "select distinct on (md5(title)) left(title, 4) from interaction.letter_copies where state = 'Published' order by md5(title) limit 20"))
        await using (var reader = await titles.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                words.Add(reader.GetString(0));
            }
        }

        using var host = await HostProcess.StartAsync(files, cancellation, NoPageCache, "--Portal:Roles=public,console");
        using var client = Client(host);
        using var officer = await PlainBrowser.SignInAsync(host, "xiangwan", files.DemoPassword(), cancellation);
        await TimePagesAsync("public list of answered letters", 60, [.. PublishedLists.Select(query => "/letters/published" + query)], ReadAsync);
        await TimePagesAsync("search in answered letters", 60, [.. words.Concat(Words).Select(word => "/letters/published?q=" + Uri.EscapeDataString(word))], ReadAsync);
        await TimePagesAsync("statistics of letters", 150, ["/letters/statistics", "/letters/statistics?year=2025", "/letters/statistics?year=2024"], ReadAsync);
        await TimePagesAsync("the desk's lists of letters", 60, [.. DeskLists.Select(query => "/console/letters" + query)], async (path, cancel) => await officer.GetAsync(path, cancel));

        async Task ReadAsync(string path, CancellationToken cancel)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancel);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancel);
        }

        async Task TimePagesAsync(string what, int target, IReadOnlyList<string> paths, Func<string, CancellationToken, Task> read)
        {
            List<double> times = [];
            var slowest = (Path: "", Time: 0.0);
            for (var i = -2 * paths.Count; i < Math.Max(120, 4 * paths.Count); i++)
            {
                var path = paths[(i + (2 * paths.Count)) % paths.Count];
                var watch = Stopwatch.StartNew();
                await read(path, cancellation);
                if (i >= 0)
                {
                    times.Add(watch.Elapsed.TotalMilliseconds);
                    slowest = times[^1] > slowest.Time ? (path, times[^1]) : slowest;
                }
            }

            Add(string.Create(CultureInfo.InvariantCulture, $"{what}, {letters:N0} letters: p50; p95; worst ms"),
                $"{Show(Tool.Percentile(times, 0.5))}; {Show(Tool.Percentile(times, 0.95))}; {Show(times.Max())}",
                $"{times.Count} pages; slowest {Uri.UnescapeDataString(slowest.Path)}", $"p95 < {target}");
        }
    }

    // Copies of the letters of the demo over five years, each a row of its own with a public copy if its source has one, found by
    // the year and the quarter that it moved to. One
    // in a hundred is open: so many would be with a province at a time. Papers and steps are not copied: no list reads them.
    private async Task CopyLettersAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var fill = database.CreateCommand(
            $"""
            create temp table copied_letters as
              select l.id as source, gen_random_uuid() as id, n, (n * 7919) % 1800 + 1 as days, 'copy-' || n as number
              from generate_series(1, greatest(0, {options.Large} - (select count(*)::int from interaction.letters))) n
              join lateral (
                select array_agg(l.id order by l.id) filter (where l.closed_on is null and l.due_on is not null) as open,
                  array_agg(l.id order by l.id) filter (where exists (
                    select from interaction.letter_copies c where c.letter_id = l.id and c.state = 'Published')) as answered
                from interaction.letters l where l.number not like 'copy-%') sources on true
              join interaction.letters l on l.id = case when n % 100 = 0
                then sources.open[1 + (n / 100) % cardinality(sources.open)] else sources.answered[1 + n % cardinality(sources.answered)] end;
            insert into interaction.letters (id, site_id, mailbox_id, number, form_id, code_hash, content_hash, channel, kind, subject,
              submitted_at, text_hash, may_publish, suspicion, sealed_key, erased_at, state, lead_site_id, lead_name, handler_id, handler_name,
              merged_into, due_on, calendar_version, accepted_on, replied_on, closed_on, awaits_head, rating, version, on_time, workdays)
            select c.id, l.site_id, l.mailbox_id, c.number, c.id, l.code_hash, l.content_hash, l.channel, l.kind, l.subject,
              l.submitted_at - make_interval(days => case when l.closed_on is null and l.due_on is not null then 0 else c.days end, secs => c.n),
              l.text_hash, l.may_publish, l.suspicion, null, null, l.state, l.lead_site_id, l.lead_name, l.handler_id, l.handler_name,
              null, l.due_on, l.calendar_version, l.accepted_on - c.days, l.replied_on - c.days,
              case when l.due_on is null then coalesce(l.closed_on, l.replied_on + 30) - c.days end,
              l.awaits_head, l.rating, l.version, l.on_time, l.workdays
            from copied_letters c join interaction.letters l on l.id = c.source;
            insert into interaction.letter_copies (id, letter_id, site_id, version, state, number, mailbox_id, kind, unit_site_id, unit_name,
              received_on, accepted_on, replied_on, workdays, outcome, title, content_hash, reply_paper_id, masks, proposed_by,
              proposed_by_name, proposed_at, decided_by_name, decided_at, reason, grams, row_version, search_vector)
            select gen_random_uuid(), c.id, p.site_id, 1, p.state, c.number, p.mailbox_id, p.kind, p.unit_site_id, p.unit_name,
              p.received_on - c.days, p.accepted_on - c.days, p.replied_on - c.days, p.workdays, p.outcome, p.title, p.content_hash,
              p.reply_paper_id, p.masks, p.proposed_by, p.proposed_by_name, p.proposed_at, p.decided_by_name, p.decided_at, null, null, 1,
              (select array_to_tsvector(array_agg(distinct case left(tag, 2)
                when '#y' then '#y' || extract(year from p.replied_on - c.days)
                when '#q' then '#q' || extract(year from p.replied_on - c.days) * 4 + extract(quarter from p.replied_on - c.days) - 1
                else tag end)) from unnest(tsvector_to_array(p.search_vector)) tag)
            from copied_letters c join interaction.letter_copies p on p.letter_id = c.source and p.state = 'Published';
            drop table copied_letters;
            analyze interaction.letters;
            analyze interaction.letter_copies
            """);
        fill.CommandTimeout = 3_600;
        await fill.ExecuteNonQueryAsync(cancellation);
        await ExecuteAsync(database, "vacuum interaction.letters, interaction.letter_copies", cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 3_600;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
