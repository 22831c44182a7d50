using System.Diagnostics;
using System.Globalization;

namespace Portal.Benchmarks;

/// <summary>The Release host as a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, int port, TimeSpan startedIn)
    {
        _process = process;
        Port = port;
        StartedIn = startedIn;
    }

    public int Port { get; }

    /// <summary>From the start of the process until /health/ready said yes.</summary>
    public TimeSpan StartedIn { get; }

    public double ResidentMegabytes => Kilobytes("VmRSS:") / 1024;

    public double PeakMegabytes => Kilobytes("VmHWM:") / 1024;

    /// <summary>Processor time so far: hardly moved by what else the machine does.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<string> CommandAsync(
        HostFiles files, CancellationToken cancellation, params string[] words)
    {
        var (code, output) = await Tool.RunAsync(files.Start(words), cancellation);
        // 2: an import that refused some of the lines.
        return code is 0 or 2
            ? output
            : throw new BenchmarkException($"portal {string.Join(' ', words)} ended with {code}:\n{output}");
    }

    public static async Task<HostProcess> StartAsync(
        HostFiles files, CancellationToken cancellation, params string[] settings)
    {
        var port = Tool.FreePort();
        var address = $"http://localhost:{port}";
        var ready = new Uri($"http://127.0.0.1:{port}/health/ready");
        var start = files.Start([.. settings, $"--urls=http://127.0.0.1:{port}", $"--Portal:Address={address}"]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var log = new List<string>();
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(log, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(ready, cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    return new HostProcess(process, port, watch.Elapsed);
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(60))
            {
                process.Kill();
                throw new BenchmarkException("The host did not become ready:\n" + string.Join('\n', log));
            }

            await Task.Delay(5, cancellation);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private double Kilobytes(string key) =>
        double.Parse(
            File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(key, StringComparison.Ordinal))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);

    private static void Keep(List<string> log, string? line)
    {
        lock (log)
        {
            if (line is not null && log.Count < 200)
            {
                log.Add(line);
            }
        }
    }
}

/// <summary>Where the host is and what it is told.</summary>
internal sealed record HostFiles(string Library, string ContentRoot, string DataPath)
{
    /// <summary>Another database than the one that the environment names.</summary>
    public string? Connection { get; init; }

    public static HostFiles Find(string? given, string scratch)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ConnectionStrings__Portal")))
        {
            throw new BenchmarkException("ConnectionStrings__Portal must name a database that may be filled.");
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Portal.sln")))
        {
            root = root.Parent;
        }

        if (root is null)
        {
            throw new BenchmarkException("This is not run from the sources.");
        }

        var library = given ?? Path.Combine(root.FullName, "artifacts", "bin", "Portal.Host", "release", "Portal.Host.dll");
        var data = Environment.GetEnvironmentVariable("Portal__DataPath");
        return File.Exists(library)
            ? new HostFiles(
                library,
                Path.Combine(root.FullName, "src", "Host", "Portal.Host"),
                string.IsNullOrEmpty(data) ? Path.Combine(scratch, "data") : data)
            : throw new BenchmarkException($"There is no {library}; run with -c Release.");
    }

    /// <summary>The password that all staff of the demo have.</summary>
    public string DemoPassword()
    {
        var file = Path.Combine(DataPath, "demo-sign-ins.txt");
        return File.Exists(file)
            ? File.ReadLines(file).First().Split(": ")[1].Trim()
            : throw new BenchmarkException($"{file} is missing: the demo was seeded with another Portal__DataPath.");
    }

    public ProcessStartInfo Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Library, .. words]) { WorkingDirectory = ContentRoot };
        start.Environment["ASPNETCORE_CONTENTROOT"] = ContentRoot;
        start.Environment["Portal__DataPath"] = DataPath;
        start.Environment["Portal__Demo"] = "true";
        if (Connection is not null)
        {
            start.Environment["ConnectionStrings__Portal"] = Connection;
        }

        return start;
    }
}
