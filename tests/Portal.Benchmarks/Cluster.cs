using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Portal.Benchmarks;

/// <summary>The PostgreSQL under the database: its processes are killed all at once, as when the power goes, and it is started again.</summary>
/// <param name="data">Its data folder, as <c>initdb -D</c> made it.</param>
internal sealed class Cluster(DirectoryInfo data)
{
    public async Task KillAndStartAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var server = int.Parse(File.ReadLines(Path.Combine(data.FullName, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        List<Process> processes = [Process.GetProcessById(server), .. ChildrenOf(server)];
        processes.ForEach(process => process.Kill());
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(cancellation);
            process.Dispose();
        }

        // The command line with which it was started, as the user whose folder it is.
        var command = (await File.ReadAllTextAsync(Path.Combine(data.FullName, "postmaster.opts"), cancellation)).Trim();
        var (_, owner) = await Tool.RunAsync(new ProcessStartInfo("stat", ["-c", "%U", data.FullName]), cancellation);
        var script = $"exec {command} </dev/null >>'{Path.Combine(data.FullName, "restarted.log")}' 2>&1";
        using var started = Process.Start(Environment.UserName == owner.Trim()
            ? new ProcessStartInfo("setsid", ["sh", "-c", script])
            : new ProcessStartInfo("setsid", ["runuser", "-u", owner.Trim(), "--", "sh", "-c", script]));
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(1);)
        {
            try
            {
                database.Clear();
                await using var asked = database.CreateCommand("select 1");
                await asked.ExecuteScalarAsync(cancellation);
                return;
            }
            catch (NpgsqlException)
            {
                // Still reading its log.
                await Task.Delay(50, cancellation);
            }
        }

        throw new BenchmarkException("PostgreSQL did not come back.");
    }

    private static IEnumerable<Process> ChildrenOf(int parent) =>
        Process.GetProcesses().Where(process =>
        {
            try
            {
                // The name may have spaces: what follows is state and parent.
                var line = File.ReadAllText($"/proc/{process.Id}/stat");
                return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) == parent;
            }
            catch (IOException)
            {
                return false;
            }
        });
}
