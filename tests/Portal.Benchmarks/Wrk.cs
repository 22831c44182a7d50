using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks;

/// <summary>One run of wrk.</summary>
internal sealed partial record Wrk(double PerSecond, double P99, long Errors)
{
    public const string Coding = "br";

    /// <summary>The same page again and again.</summary>
    public static Task<Wrk> SameAsync(
        int port, string path, int connections, int seconds, CancellationToken cancellation) =>
        RunAsync(port, connections, seconds, [$"http://127.0.0.1:{port}{path}"], cancellation);

    /// <summary>
    /// These pages in turn, each time under another port in the Host header: the page cache tells them apart, the sites
    /// do not, so that no two requests in flight share a rendering.
    /// </summary>
    public static async Task<Wrk> DistinctAsync(
        string scratch, int port, IReadOnlyList<string> paths, int connections, int seconds, CancellationToken cancellation)
    {
        var script = Path.Combine(scratch, "distinct.lua");
        await File.WriteAllTextAsync(
            script,
            $$"""
            local paths = { {{string.Join(", ", paths.Select(path => $"\"{path}\""))}} }
            local n = 0
            function request()
              n = n + 1
              return wrk.format("GET", paths[n % #paths + 1], { ["Host"] = "localhost:" .. (n % 60000 + 1), ["Accept-Encoding"] = "{{Coding}}" })
            end
            """,
            cancellation);
        return await RunAsync(port, connections, seconds, ["-s", script, $"http://127.0.0.1:{port}"], cancellation);
    }

    /// <summary>These forms, each once, each from a network of its own.</summary>
    public static async Task<Wrk> PostAsync(
        string scratch, int port, string path, string cookie, IReadOnlyList<string> bodies, int connections, int seconds, CancellationToken cancellation)
    {
        var forms = Path.Combine(scratch, "forms.txt");
        var script = Path.Combine(scratch, "forms.lua");
        await File.WriteAllLinesAsync(forms, bodies, cancellation);
        await File.WriteAllTextAsync(
            script,
            $$"""
            local bodies = {}
            for line in io.lines("{{forms}}") do bodies[#bodies + 1] = line end
            local n = 0
            function request()
              n = n + 1
              return wrk.format("POST", "{{path}}", {
                ["Host"] = "localhost:{{port}}", ["Cookie"] = "{{cookie}}", ["Content-Type"] = "application/x-www-form-urlencoded",
                ["X-Forwarded-For"] = "11." .. math.floor(n / 65536) % 256 .. "." .. math.floor(n / 256) % 256 .. "." .. n % 256 },
                bodies[(n - 1) % #bodies + 1])
            end
            """,
            cancellation);
        return await RunAsync(port, connections, seconds, ["-s", script, $"http://127.0.0.1:{port}"], cancellation);
    }

    // One thread: each thread would count the ports of its own requests, and the machine has other things to do.
    private static async Task<Wrk> RunAsync(
        int port, int connections, int seconds, string[] last, CancellationToken cancellation)
    {
        var (code, output) = await Tool.RunAsync(
            new ProcessStartInfo(
                Tool.Find("wrk"),
                [
                    "-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-H", $"Accept-Encoding: {Coding}", "-H",
                    $"Host: localhost:{port}", .. last,
                ]),
            cancellation);
        if (code != 0 || !Rate().IsMatch(output))
        {
            throw new BenchmarkException("wrk failed:\n" + output);
        }

        var latency = Latency().Match(output);
        var scale = latency.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };
        return new Wrk(
            Number(Rate().Match(output).Groups[1].Value),
            Number(latency.Groups[1].Value) * scale,
            Failures().Matches(output).Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Latency();

    [GeneratedRegex(@"(?:connect|read|write|timeout|responses:) (\d+)")]
    private static partial Regex Failures();
}
