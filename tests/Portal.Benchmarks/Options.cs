using System.Globalization;

namespace Portal.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(
    IReadOnlySet<string> Names, FileInfo? Documents, string Channel, string? Host, int Seconds, int Rounds,
    int Large, int Publications, int Docked, int Visitors, DirectoryInfo? Cluster)
{
    public const string Usage = """
        Measures the Release host against a throw-away database and prints one table.

          dotnet run -c Release --project tests/Portal.Benchmarks -- [options] [names]

          names               start cached memory fresh search recovery import publish audit deadlines docking
                              (these when none is named), search-large directory interviews letters letter-lists
                              letters-kill surveys
          --documents FILE    import this file (JSON lines, plain or gzip) first and search in it
          --channel PATH      into this channel of the provincial portal (zhengce/guifanxing)
          --publications N    how many documents publish takes through the reviews (200)
          --docked N          records that docking pushes and pulls (10000); beside the database it makes another, _city
          --visitors N        who follow the live interview of the demo at once (200)
          --large N           documents that search-large makes out of --documents and searches in (200000); give it a
                              database of its own, and a quarter of an hour the first time. directory and
                              letter-lists copy what there is until there are as many
          --cluster FOLDER    the data folder of the PostgreSQL, which letters-kill kills and starts again
          --host FILE         another Portal.Host.dll than the one that was built with this project
          --seconds N         length of a run under load, 1 to 5 (3)
          --rounds N          interleaved rounds of which the median counts (3)

        ConnectionStrings__Portal names the database: an empty one, or one an earlier run left (then with the same
        Portal__DataPath). nginx and wrk are Debian's packages. All load goes to 127.0.0.1.
        """;

    private static readonly string[] All = ["start", "cached", "memory", "fresh", "search", "recovery", "import", "publish", "audit", "deadlines", "docking"];
    private static readonly string[] OnlyWhenNamed = ["search-large", "directory", "interviews", "letters", "letter-lists", "letters-kill", "surveys"];

    public bool Wants(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Names.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    public static Options? Parse(string[] args)
    {
        var options = new Options(new HashSet<string>(), null, "zhengce/guifanxing", null, 3, 3, 200_000, 200, 10_000, 200, null);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new BenchmarkException($"{args[i - 1]} needs a value.");
            switch (args[i])
            {
                case "-h" or "--help":
                    return null;
                case "--documents":
                    options = options with { Documents = new FileInfo(Value()) };
                    break;
                case "--channel":
                    options = options with { Channel = Value() };
                    break;
                case "--host":
                    options = options with { Host = Value() };
                    break;
                case "--seconds":
                    options = options with { Seconds = Number(Value(), 5) };
                    break;
                case "--rounds":
                    options = options with { Rounds = Number(Value(), 9) };
                    break;
                case "--publications":
                    options = options with { Publications = Number(Value(), 1_000) };
                    break;
                case "--docked":
                    options = options with { Docked = Number(Value(), 80_000) };
                    break;
                case "--visitors":
                    options = options with { Visitors = Number(Value(), 2_000) };
                    break;
                case "--cluster":
                    options = options with { Cluster = new DirectoryInfo(Value()) };
                    break;
                case "--large":
                    options = options with { Large = Number(Value(), 5_000_000) };
                    break;
                case var name when All.Contains(name) || OnlyWhenNamed.Contains(name):
                    names.Add(name);
                    break;
                default:
                    throw new BenchmarkException($"There is no {args[i]}; try --help.");
            }
        }

        return options.Documents is { Exists: false }
            ? throw new BenchmarkException($"There is no file {options.Documents.FullName}.")
            : options with { Names = names.Count > 0 ? names : new HashSet<string>(All) };
    }

    private static int Number(string value, int most) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new BenchmarkException($"{value} is not a number from 1 to {most}.");
}

/// <summary>Cannot be measured; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
