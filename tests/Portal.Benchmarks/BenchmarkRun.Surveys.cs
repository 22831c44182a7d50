using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Portal.Benchmarks;

/// <summary>Answers to an anonymous survey of the demo.</summary>
internal sealed partial class BenchmarkRun
{
    private const string SurveyPath = "/surveys/website-2026/answer";

    // Who has used the site sees three of the four sections.
    private static readonly (string Section, (string Name, string Value)[] Fields)[] FilledSections =
    [
        ("s1", [("q.q1", "1"), ("q.q2", "3"), ("q.q3", "2")]),
        ("s2", [("q.q4", "2"), ("q.q4", "3"), ("q.q5.1", "3"), ("q.q5.2", "2"), ("q.q5.3", "2"), ("q.q5.4", "3"), ("q.q6.1", "1"), ("q.q6.5", "2"), ("q.q6.3", "3")]),
        ("s4", [("q.q8", "4"), ("q.q9", "希望搜索能认得错别字，字再大一些。")]),
    ];

    private async Task MeasureSurveysAsync(HostFiles files, CancellationToken cancellation)
    {
        Note("surveys");
        await using var database = Database();
        using var host = await HostProcess.StartAsync(files, cancellation, PublicVisitor.Proxied, "--Portal:Roles=public");
        using var visitor = await PublicVisitor.EnterAsync(() => host, SurveyPath, cancellation);
        List<double> sent = [], whole = [], p99 = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var bodies = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, 1_500 * options.Seconds), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
                async (_, cancel) => bodies.Add(await FilledSurveyAsync(visitor, cancel)));
            var walked = bodies.Count / watch.Elapsed.TotalSeconds;
            var before = await CountAsync(database, "select count(*) from interaction.survey_envelopes", cancellation);
            var run = await Wrk.PostAsync(_scratch, host.Port, SurveyPath, visitor.Cookie, [.. bodies], Writers, options.Seconds, cancellation);
            var kept = await CountAsync(database, "select count(*) from interaction.survey_envelopes", cancellation) - before;
            if (run.Errors > 0 || kept < run.PerSecond * options.Seconds * 0.99 || kept >= bodies.Count)
            {
                throw new BenchmarkException($"{run.PerSecond} a second, {run.Errors} errors, {kept} of {bodies.Count} answers kept.");
            }

            if (round > 0)
            {
                sent.Add(run.PerSecond);
                whole.Add(walked);
                p99.Add(run.P99);
            }
        }

        Add($"survey answers, {Writers} visitors: answers/s", Show(Tool.Median(sent)),
            $"p99 {Show(Tool.Median(p99))} ms; the four pages before it: {Show(Tool.Median(whole))} visitors/s with the load generator on the same cores", "≥ 1000");
    }

    private static async Task<string> FilledSurveyAsync(PublicVisitor visitor, CancellationToken cancellation)
    {
        var (status, page) = await visitor.GetAsync(SurveyPath, cancellation);
        foreach (var (section, fields) in FilledSections)
        {
            (status, page) = await visitor.PostAsync(
                SurveyPath, [("Token", PublicVisitor.FieldOf(page, "Token")), ("Section", section), ("Act", "next"), .. fields], cancellation);
            if (status != HttpStatusCode.OK)
            {
                throw new BenchmarkException(string.Create(CultureInfo.InvariantCulture, $"Section {section} of the survey answered {(int)status}: {PublicVisitor.FaultOf(page)}"));
            }
        }

        return await visitor.BodyAsync([("Token", PublicVisitor.FieldOf(page, "Token")), ("Act", "send")]);
    }
}
