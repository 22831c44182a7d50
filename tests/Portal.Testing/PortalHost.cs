using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Host.Administration;
using Portal.Host.Calendars;
using Portal.Host.Sites;
using Portal.Host.Web;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Web;
using Xunit;

namespace Portal.Testing;

/// <summary>
/// The whole host in this process, on a database of its own with one role a module: a class or collection fixture.
/// Derive from it to choose other options. Facts between modules move only when a test says so
/// (<see cref="DrainOutbox"/>), time only with <see cref="Clock"/>.
/// </summary>
public class PortalHost : IAsyncLifetime
{
    /// <summary>The password of every account that a test makes.</summary>
    public const string Password = "correct-horse-battery-9";

    private readonly Dictionary<string, Browser> _signedIn = [];
    private readonly string _data = Directory.CreateTempSubdirectory("portal-test-data-").FullName;
    private WebApplication? _app;
    private string _connection = "";

    /// <summary>The clock of the host. It starts at <see cref="Start"/> and moves a millisecond with each look.</summary>
    public FakeTimeProvider Clock => field ??= new FakeTimeProvider(Start) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    /// <summary>Makes organisations, sites and people. A province with a few sites is there from the start.</summary>
    public TestData Data => field ??= new TestData(this);

    /// <summary>The address of the provincial portal; with Kestrel, one that a real browser reaches.</summary>
    public Uri Address
    {
        // Outside the demo, cookies travel over TLS only.
        get => field ??= new Uri(Demo ? "http://localhost/" : "https://localhost/");
        private set;
    }

    /// <summary>
    /// When the clock starts: a Monday in the morning, so that no test depends on the day or the hour at which it runs.
    /// </summary>
    protected virtual DateTimeOffset Start => new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8));

    /// <summary>A real Kestrel on a free port, for browser tests.</summary>
    protected virtual bool Kestrel => false;

    /// <summary>Deliver facts in the background, as in operation, instead of when the test says so.</summary>
    protected virtual bool Worker => false;

    /// <summary>Demo mode: signing in takes a password and no code.</summary>
    protected virtual bool Demo => true;

    /// <summary>Begin with the province of <see cref="TestData"/>; else with empty tables.</summary>
    protected virtual bool Province => true;

    /// <summary>A host that is there already: this one is a second one on its database.</summary>
    protected virtual PortalHost? Beside => null;

    /// <summary>Further configuration, by key.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string?>> Configuration => [];

    /// <summary>For seams that no endpoint reaches: real services of the host, never replaced ones.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>The connection string of the database's owner, for what only a superuser could do.</summary>
    public string OwnerConnection => _connection;

    /// <summary>The folder of what is not in the database.</summary>
    public string DataFolder => _data;

    /// <summary>Puts something that counts around a service; what it does stays the same.</summary>
    protected virtual void Watch(IServiceCollection services)
    {
    }

    private WebApplication App => _app ?? throw new InvalidOperationException("The host has not started yet.");

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync()
    {
        _connection = Beside?.OwnerConnection ?? await TestServer.CreateDatabaseAsync();
        // As arguments, so that they are known while services are registered.
        KeyValuePair<string, string?>[] settings =
        [
            new("ConnectionStrings:Portal", _connection),
            new("Portal:DataPath", _data),
            new("Portal:Demo", Demo ? "true" : "false"),
            // All tests sign in from one address.
            new("Portal:SignInsPerMinute", "1000000"),
            new("Portal:SignInsPerNameAndMinute", "1000000"),
            new("Portal:Roles", Worker ? "public,console,worker" : "public,console"),
            .. Configuration,
        ];
        var builder = PortalApplication.CreateBuilder([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The server in memory has no limit that a form's endpoint could raise, and says so at every form.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware", LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        // A slow hash protects people's passwords, not the one above.
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
        Watch(builder.Services);
        if (Kestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        _app = PortalApplication.Build(builder);
        if (Province && Beside is null)
        {
            await Data.CreateProvinceAsync();
        }

        await _app.StartAsync();
        if (Kestrel)
        {
            var bound = new Uri(_app.Services.GetRequiredService<IServer>().Features
                .GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
            Address = new Uri($"http://localhost:{bound.Port}/");
            _app.Configuration["Portal:Address"] = Address.ToString();
        }
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            if (Beside is null)
            {
                await TestServer.DropDatabaseAsync(_connection);
            }
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A visitor of a site, with cookies of its own and no JavaScript.</summary>
    /// <param name="site">Key of the site.</param>
    public Browser Visitor(string site = TestData.ProvinceKey)
    {
        var handler = Kestrel ? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } : (HttpMessageHandler)App.GetTestServer().CreateHandler();
        var host = new UriBuilder(Address);
        if (site != TestData.ProvinceKey)
        {
            host.Host = site + ".localhost";
        }

        return new Browser(handler, host.Uri);
    }

    /// <summary>
    /// A browser in which <paramref name="person"/> has signed in through the form; the same one each time, until
    /// <paramref name="again"/> asks for another.
    /// </summary>
    public async Task<Browser> SignInAs(Person person, bool again = false)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!again && _signedIn.TryGetValue(person.UserName, out var known))
        {
            return known;
        }

        var browser = Visitor(person.Site.Key);
        var answer = await browser.Post(
            "/console/sign-in", new() { ["UserName"] = person.UserName, ["Password"] = Password });
        if ((int)answer.Status != 303)
        {
            throw new InvalidOperationException($"{person.UserName} could not sign in: {answer.Status}\n{answer.Text}");
        }

        return _signedIn[person.UserName] = browser;
    }

    /// <summary>Delivers every fact that is due, and every fact that its delivery tells. Answers how many.</summary>
    public Task<int> DrainOutbox() =>
        App.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);

    /// <summary>Reads sites, settings and calendars anew and empties the page cache: after a test wrote to tables itself.</summary>
    public async Task Refresh()
    {
        await App.Services.GetRequiredService<SiteDirectory>().RefreshAsync(CancellationToken.None);
        await App.Services.GetRequiredService<EffectiveSettings>().RefreshAsync(CancellationToken.None);
        await App.Services.GetRequiredService<CalendarDirectory>().RefreshAsync(CancellationToken.None);
        await App.Services.GetRequiredService<IPageCache>().EvictAsync([CacheTags.All], CancellationToken.None);
    }

    /// <summary>The site with a key, as modules see it.</summary>
    public SiteInfo Site(string key) =>
        App.Services.GetRequiredService<ISites>().ByKey(key) ?? throw new ArgumentException($"No site {key}.", nameof(key));

    /// <summary>Counts the SQL commands of this test's requests from here until it is disposed.</summary>
    public static QueryCount CountQueries() => new();

    /// <summary>Runs <paramref name="work"/> with services of a scope of its own.</summary>
    public async Task<T> Use<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Runs <paramref name="work"/> with services of a scope of its own.</summary>
    public Task Use<TService>(Func<TService, Task> work)
        where TService : notnull =>
        Use<TService, bool>(async service =>
        {
            await work(service);
            return true;
        });
}

/// <summary>
/// Counts the SQL commands of the requests that a <see cref="Browser"/> sends for this test, whichever module they belong to.
/// Requests carry the trace of their test, so that other tests, the host's listeners and its workers do not count.
/// </summary>
public sealed class QueryCount : IDisposable
{
    private readonly Activity _test = new Activity(nameof(QueryCount)).SetIdFormat(ActivityIdFormat.W3C).Start();
    private readonly ActivityListener _listener;
    private int _count;

    internal QueryCount()
    {
        _listener = new ActivityListener
        {
            // Requests have an activity of their own, under which their commands stand, only while somebody listens.
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity =>
            {
                // What the test asks by itself is no request's; a pool that opens one more connection is no command.
                if (activity.Source.Name == "Npgsql" && activity.TraceId == _test.TraceId
                    && activity.Parent is { } parent && parent != _test
                    && !activity.OperationName.StartsWith("CONNECT ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _count);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Commands so far.</summary>
    public int Count => _count;

    /// <inheritdoc />
    public void Dispose()
    {
        _listener.Dispose();
        _test.Dispose();
    }
}
