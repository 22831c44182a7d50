using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Portal.Benchmarks;

/// <summary>The information directory: its lists and its search, with the entries that there are and with many copies of them.</summary>
internal sealed partial class BenchmarkRun
{
    private static readonly string[] Narrowings =
    [
        "", "?subject=10", "?subject=1002", "?subject=1603", "?genre=21", "?item=01", "?validity=effective", "?validity=repealed",
        "?year=2020", "?year=2005&genre=21", "?from=2015-01-01&to=2018-12-31", "?site=province&subject=06", "?site=jyt",
        "?subject=1003&validity=effective&year=2021", "?five=result",
    ];

    private async Task MeasureDirectoryAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("directory");
        await HostProcess.CommandAsync(files, cancellation, "directory", "rebuild");
        await using var database = Database();
        await TimeDirectoryAsync(files, database, 80, cancellation);
        await CopyEntriesAsync(database, cancellation);
        await TimeDirectoryAsync(files, database, 250, cancellation);
    }

    // Copies keep titles, classes and days, so that what was frequent is as frequent; each is a row of its own.
    private async Task CopyEntriesAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var fill = database.CreateCommand(
            $"""
            create temp table copies as
              select e.id as source, gen_random_uuid() as id, n,
                (select last_sequence from disclosure.directories d where d.id = e.directory_id)
                  + row_number() over (partition by e.directory_id order by n, e.sequence) as sequence
              from (select * from disclosure.directory_entries where state = 'Listed' and index_number not like 'copy-%') e,
                generate_series(1, ({options.Large} - (select count(*) from disclosure.directory_entries))
                  / greatest(1, (select count(*) from disclosure.directory_entries where state = 'Listed')) + 1) n;
            insert into disclosure.directory_entries (
              id, site_id, directory_id, site_path, organisation_id, organisation_name, index_number, index_scheme, origin, source_key,
              metadata, code_versions, missing, title, number_key, written_on, published_at, year, subject_class, subject, genre,
              statutory_item, five_openness, validity, body, state, withdrawn_by_staff, version, sequence, content_hash,
              document_sequence, created_at, updated_at, title_vector)
            select c.id, e.site_id, e.directory_id, e.site_path, e.organisation_id, e.organisation_name, 'copy-' || c.id, 'other', 'Direct',
              null, e.metadata, e.code_versions, e.missing, e.title, e.number_key, e.written_on, e.published_at + make_interval(mins => c.n::int),
              e.year, e.subject_class, e.subject, e.genre, e.statutory_item, e.five_openness, e.validity, null, e.state, false, 1, c.sequence,
              e.content_hash, 0, e.created_at, e.updated_at, e.title_vector
            from copies c join disclosure.directory_entries e on e.id = c.source;
            insert into disclosure.directory_listings
              (scope_id, entry_id, published_at, site_id, subject_class, subject, genre, statutory_item, five_openness, validity)
            select scope, e.id, e.published_at, e.site_id, e.subject_class, e.subject, e.genre, e.statutory_item, e.five_openness, e.validity
            from copies c join disclosure.directory_entries e on e.id = c.id, unnest(e.site_path) scope;
            update disclosure.directories d set last_sequence = greatest(d.last_sequence,
              (select coalesce(max(e.sequence), 0) from disclosure.directory_entries e where e.directory_id = d.id));
            drop table copies;
            analyze disclosure.directory_entries;
            analyze disclosure.directory_listings
            """);
        fill.CommandTimeout = 3_600;
        await fill.ExecuteNonQueryAsync(cancellation);
        // As autovacuum would within the hour: what was inserted is in the indexes themselves and visible without the table.
        await using var vacuum = database.CreateCommand("vacuum disclosure.directory_entries, disclosure.directory_listings");
        vacuum.CommandTimeout = 3_600;
        await vacuum.ExecuteNonQueryAsync(cancellation);
    }

    private async Task TimeDirectoryAsync(HostFiles files, NpgsqlDataSource database, int target, CancellationToken cancellation)
    {
        long entries;
        List<string> titles = [];
        await using (var count = database.CreateCommand("select count(*) from disclosure.directory_entries"))
        {
            entries = (long)(await count.ExecuteScalarAsync(cancellation))!;
        }

        await using (var some = database.CreateCommand(
            "select distinct on (md5(title)) title from disclosure.directory_entries where char_length(title) > 8 order by md5(title) limit 60"))
        await using (var reader = await some.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                titles.Add(reader.GetString(0));
            }
        }

        // Whole titles, the ends of them, and words; some within a narrower list.
        var searches = titles.Concat(titles.Select(title => title[^6..])).Concat(titles.Select(title => title[..4])).Concat(Words)
            .Select((words, i) => "?q=" + Uri.EscapeDataString(words) + (i % 5) switch { 3 => "&validity=effective", 4 => "&genre=21", _ => "" })
            .ToList();
        using var host = await HostProcess.StartAsync(files, cancellation, NoPageCache, "--Portal:Roles=public");
        using var client = Client(host);
        foreach (var (name, queries) in new[]
        {
            ("browse", Enumerable.Repeat(Narrowings, 12).SelectMany(queries => queries).ToList()), ("search", searches),
        })
        {
            List<double> times = [];
            var slowest = (Query: "", Time: 0.0);
            for (var i = -Narrowings.Length; i < queries.Count; i++)
            {
                var query = queries[Math.Abs(i) % queries.Count];
                var watch = Stopwatch.StartNew();
                using var answer = await client.GetAsync(new Uri("/disclosure/directory" + query, UriKind.Relative), cancellation);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(cancellation);
                if (i >= 0)
                {
                    times.Add(watch.Elapsed.TotalMilliseconds);
                    slowest = times[^1] > slowest.Time ? (query, times[^1]) : slowest;
                }
            }

            Add(string.Create(CultureInfo.InvariantCulture, $"directory {name}, {entries:N0} entries: p50; p95; worst ms"),
                $"{Show(Tool.Percentile(times, 0.5))}; {Show(Tool.Percentile(times, 0.95))}; {Show(times.Max())}",
                $"{times.Count} pages; slowest {Uri.UnescapeDataString(slowest.Query)}", $"p95 < {target}");
        }
    }
}
