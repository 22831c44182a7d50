using System.Diagnostics;

namespace Portal.Testing;

/// <summary>The host's own executable as a process of its own, on the database and data of a test.</summary>
public sealed class ChildHost : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const string Started = "Application started";

    // 128 + SIGKILL: nothing was tidied up.
    private const int Killed = 137;

    private readonly Process _process;
    private readonly List<Browser> _browsers = [];
    private readonly Uri _address;

    private ChildHost(Process process, Uri address) => (_process, _address) = (process, address);

    /// <summary>The address of its provincial portal.</summary>
    public Uri Address => _address;

    /// <summary>Is it gone, by itself or killed?</summary>
    public bool IsGone => _process.HasExited;

    /// <summary>Starts it and waits until it says that it has.</summary>
    /// <param name="data">Whose database and folder it works on.</param>
    /// <param name="roles">What it does.</param>
    /// <param name="settings">Further configuration, <c>key=value</c>.</param>
    public static async Task<ChildHost> StartAsync(PortalHost data, string roles, params IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(data);
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "Portal.Host.dll"),
            "--urls=http://127.0.0.1:0",
            $"--ConnectionStrings:Portal={data.OwnerConnection}",
            $"--Portal:DataPath={data.DataFolder}",
            "--Portal:Demo=true",
            $"--Portal:Roles={roles}",
            .. settings.Select(setting => "--" + setting),
        ])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var said = new List<string>();
        Uri? address = null;
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (line.Contains(Listening, StringComparison.Ordinal))
            {
                var bound = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
                address = new Uri($"http://localhost:{bound.Port}/");
            }

            if (line.Contains(Started, StringComparison.Ordinal) && address is not null)
            {
                // Nobody reads on: a full pipe would stop it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new ChildHost(process, address);
            }
        }

        process.Kill();
        throw new InvalidOperationException("The host did not start:\n" + string.Join('\n', said));
    }

    /// <summary>A visitor of the provincial portal.</summary>
    public Browser Visitor()
    {
        var browser = new Browser(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, _address);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>A browser in which the person has signed in.</summary>
    public async Task<Browser> SignInAs(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var browser = Visitor();
        var answer = await browser.Post(
            "/console/sign-in", new() { ["UserName"] = person.UserName, ["Password"] = PortalHost.Password });
        if ((int)answer.Status != 303)
        {
            throw new InvalidOperationException($"{person.UserName} could not sign in: {answer.Status}\n{answer.Text}");
        }

        return browser;
    }

    /// <summary>SIGKILL: no handler runs, no transaction ends in order.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        if (_process.ExitCode != Killed)
        {
            throw new InvalidOperationException($"The host ended by itself with {_process.ExitCode}.");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers)
        {
            browser.Dispose();
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
