using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks;

/// <summary>A live interview: many visitors on one host, a scribe who writes, and how long a line takes to each of them.</summary>
internal sealed partial class BenchmarkRun
{
    private const string InterviewSite = "yunpu";
    private const string InterviewKey = "old-estates";
    private const string Scribe = "luoqi";
    private const int SpokenLines = 60;

    private async Task MeasureInterviewAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("interviews");
        using var host = await HostProcess.StartAsync(files, cancellation);
        using var scribe = await PlainBrowser.SignInAsync(host, Scribe, files.DemoPassword(), cancellation);
        var page = await FindInterviewAsync(scribe, cancellation);
        var began = Stopwatch.GetTimestamp();
        var times = new ConcurrentBag<double>();
        var complete = 0;
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}"), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Host = $"{InterviewSite}.localhost:{host.Port}";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var seated = new CountdownEvent(options.Visitors);
        var visitors = Enumerable.Range(0, options.Visitors).Select(_ => Task.Run(
            async () =>
            {
                if (await WatchAsync(client, began, seated, times, end.Token) == SpokenLines)
                {
                    Interlocked.Increment(ref complete);
                }
            },
            cancellation)).ToList();
        await Task.Run(() => seated.Wait(cancellation), cancellation);
        var (spoken, cpu) = (Stopwatch.StartNew(), host.Cpu);
        for (var line = 0; line < SpokenLines; line++)
        {
            var stage = await scribe.GetAsync(page, cancellation);
            await scribe.SubmitAsync(
                page[..^"/live".Length] + "/utterances", stage, cancellation,
                ("FormId", Guid.CreateVersion7().ToString("N")), ("Speaker", "guest-1"),
                ("Text", "benchmark " + Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)));
        }

        var seconds = spoken.Elapsed.TotalSeconds;
        end.CancelAfter(TimeSpan.FromSeconds(5));
        await Task.WhenAll(visitors);
        if (times.IsEmpty)
        {
            throw new BenchmarkException("Nobody received a line.");
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"live interview, {options.Visitors} visitors: p50; p95; worst ms"),
            $"{Show(Tool.Percentile(times, 0.5))}; {Show(Tool.Percentile(times, 0.95))}; {Show(times.Max())}",
            string.Create(CultureInfo.InvariantCulture, $"{SpokenLines} lines in {seconds:0.#} s; {complete} visitors had all of them; host {(host.Cpu - cpu).TotalSeconds:0.#} s of processor, {host.PeakMegabytes:0} MB at most"),
            "p95 < 1000");
    }

    // Counts the lines until all have come, or the measurement ends.
    private static async Task<int> WatchAsync(
        HttpClient client, long began, CountdownEvent seated, ConcurrentBag<double> times, CancellationToken cancellation)
    {
        var seen = 0;
        try
        {
            using var answer = await client.GetAsync(
                new Uri($"/interviews/{InterviewKey}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
            answer.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
            seated.Signal();
            while (seen < SpokenLines && await reader.ReadLineAsync(cancellation) is { } line)
            {
                if (SpokenAt().Match(line) is { Success: true } spoken)
                {
                    var at = long.Parse(spoken.Groups[1].Value, CultureInfo.InvariantCulture);
                    // What an earlier run left is told first and counts for nothing.
                    if (at > began)
                    {
                        times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                        seen++;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        return seen;
    }

    private static async Task<string> FindInterviewAsync(PlainBrowser scribe, CancellationToken cancellation)
    {
        var list = await scribe.GetAsync("/console/interviews", cancellation);
        foreach (var link in list.QuerySelectorAll("th a[href^='/console/interviews/']"))
        {
            var address = link.GetAttribute("href")!;
            var found = await scribe.GetAsync(address, cancellation);
            if (found.QuerySelector($"a[href='{address}/live']") is not null && found.QuerySelector("main")!.TextContent.Contains(InterviewKey, StringComparison.Ordinal))
            {
                return address + "/live";
            }
        }

        throw new BenchmarkException($"The demo has no live interview {InterviewKey}.");
    }

    [GeneratedRegex(@"benchmark (\d+)")]
    private static partial Regex SpokenAt();
}
