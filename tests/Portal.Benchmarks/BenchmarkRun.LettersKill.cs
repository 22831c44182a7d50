using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Npgsql;

namespace Portal.Benchmarks;

/// <summary>
/// Letters are written while the host and PostgreSQL are killed in turns. A writer whose connection breaks sends the same form
/// again; one in ten clicks twice. Then every letter that was acknowledged must be there once, as it was acknowledged.
/// </summary>
internal sealed partial class BenchmarkRun
{
    private const int Submissions = 10_000;
    private const int Kills = 10;

    private sealed record Acknowledged(string Number, string Code, string Hash, string Title);

    private async Task ProveLettersAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("letters-kill");
        var cluster = new Cluster(options.Cluster ?? throw new BenchmarkException("letters-kill needs --cluster, the data folder of the PostgreSQL."));
        await using var database = Database();
        var before = await CountAsync(database, "select count(*) from interaction.letters", cancellation);
        var host = await HostProcess.StartAsync(files, cancellation, PublicVisitor.Proxied);
        var acknowledged = new ConcurrentDictionary<int, ConcurrentBag<Acknowledged>>();
        var (broken, killed) = (0, 0);
        var watch = Stopwatch.StartNew();
        try
        {
            using var visitor = await PublicVisitor.EnterAsync(() => Volatile.Read(ref host), NewLetter, cancellation);
            var writing = Parallel.ForEachAsync(
                Enumerable.Range(0, Submissions), new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = cancellation },
                async (i, cancel) =>
                {
                    var page = await UntilAsync(() => visitor.GetAsync(NewLetter, cancel), cancel);
                    var fields = LetterFields(PublicVisitor.FieldOf(page, "FormToken"), i).ToList();
                    var title = fields.First(field => field.Name == "Title").Value;
                    await Task.WhenAll(Enumerable.Range(0, i % 10 == 0 ? 2 : 1).Select(async _ =>
                    {
                        var receipt = await UntilAsync(() => visitor.PostAsync(NewLetter, fields, cancel), cancel);
                        var parts = Receipt().Matches(receipt);
                        var seen = new Acknowledged(
                            parts[0].Groups[1].Value, parts[1].Groups[1].Value, ReceiptHash().Match(receipt).Groups[1].Value, title);
                        acknowledged.GetOrAdd(i, _ => []).Add(seen);
                    }));
                });
            while (!writing.IsCompleted)
            {
                await Task.WhenAny(writing, Task.Delay(20, cancellation));
                // One after another, so that the last writers are disturbed as the first.
                if (killed < Kills && acknowledged.Count >= (killed + 1) * Submissions / (Kills + 1))
                {
                    if (killed++ % 2 == 0)
                    {
                        Volatile.Read(ref host).Dispose();
                        Volatile.Write(ref host, await HostProcess.StartAsync(files, cancellation, PublicVisitor.Proxied));
                    }
                    else
                    {
                        await cluster.KillAndStartAsync(database, cancellation);
                    }
                }
            }

            await writing;
            var seconds = watch.Elapsed.TotalSeconds;
            var faults = await FaultsAsync(database, before, acknowledged, visitor, cancellation);
            Add(string.Create(CultureInfo.InvariantCulture, $"{Submissions:N0} letters while host and PostgreSQL are killed {killed} times: lost, doubled or changed"),
                Show(faults), string.Create(CultureInfo.InvariantCulture, $"{broken:N0} broken sendings were sent again; {seconds:0} s"), "0");
        }
        finally
        {
            host.Dispose();
        }

        // As a browser that says "try again": the same form, until an answer comes. What comes after a minute is lost.
        async Task<string> UntilAsync(Func<Task<(HttpStatusCode Status, string Page)>> send, CancellationToken cancel)
        {
            for (var patience = Stopwatch.StartNew(); ;)
            {
                try
                {
                    var (status, page) = await send();
                    if (status == HttpStatusCode.OK)
                    {
                        return page;
                    }

                    if ((int)status < 500)
                    {
                        throw new BenchmarkException($"A letter was answered {(int)status}.");
                    }
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException && !cancel.IsCancellationRequested)
                {
                    // Cut off: nobody knows whether it was taken.
                }

                Interlocked.Increment(ref broken);
                if (patience.Elapsed > TimeSpan.FromMinutes(1))
                {
                    throw new BenchmarkException("A letter could not be sent for a minute.");
                }

                await Task.Delay(50, cancel);
            }
        }
    }

    private static async Task<int> FaultsAsync(
        NpgsqlDataSource database, long before, ConcurrentDictionary<int, ConcurrentBag<Acknowledged>> acknowledged, PublicVisitor visitor,
        CancellationToken cancellation)
    {
        // Two answers to one form tell of the same letter; two forms never do; and there is no letter nobody was told of.
        var faults = acknowledged.Values.Count(answers => answers.Distinct().Count() != 1);
        var told = acknowledged.Values.Select(answers => answers.First()).ToList();
        faults += told.Count - told.DistinctBy(letter => letter.Number).Count();
        faults += Math.Abs((int)(await CountAsync(database, "select count(*) from interaction.letters", cancellation) - before - Submissions));
        faults += Submissions - told.Count;
        Dictionary<string, (string Hash, long Steps, long Papers, long Facts)> kept = [];
        await using (var command = database.CreateCommand(
            """
            select number, text_hash, (select count(*) from interaction.letter_events e where e.letter_id = l.id and e.trigger = 'Submit'),
              (select count(*) from interaction.letter_papers p where p.letter_id = l.id and p.kind = 'Letter'), coalesce(told.facts, 0)
            from interaction.letters l left join (
              select payload ->> 'objectId' as id, count(*) as facts from interaction.outbox group by 1) told on told.id = l.id::text
            """))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                kept[reader.GetString(0)] = (reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            }
        }

        faults += told.Count(letter => !kept.TryGetValue(letter.Number, out var row) || row != (letter.Hash, 1, 1, 1));
        // Some are followed as their writers would.
        foreach (var letter in told.Where((_, i) => i % 50 == 0))
        {
            var (status, page) = await visitor.PostAsync("/letters/follow", [("Number", letter.Number), ("Code", letter.Code)], cancellation);
            faults += status == HttpStatusCode.OK && WebUtility.HtmlDecode(page).Contains(letter.Title, StringComparison.Ordinal) ? 0 : 1;
        }

        return faults;
    }

    [GeneratedRegex("""<strong class="p-receipt__code">([^<]+)</strong>""")]
    private static partial Regex Receipt();

    [GeneratedRegex("p-receipt__hash\">([0-9a-f]{64})<")]
    private static partial Regex ReceiptHash();
}
