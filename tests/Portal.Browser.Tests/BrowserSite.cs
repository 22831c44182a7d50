using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Testing;

namespace Portal.Browser.Tests;

/// <summary>One host and one Chromium for all tests: everything as in operation, down to the socket.</summary>
[CollectionDefinition(Name)]
public sealed class RealBrowser : ICollectionFixture<BrowserSite>
{
    public const string Name = "browser";
}

/// <summary>The host on a real port, and a Chromium that visits it.</summary>
public sealed class BrowserSite : PortalHost
{
    private static readonly string[] Serious = ["serious", "critical"];
    private static readonly string[] Results = ["violations"];
    private static readonly string[] OfColour = ["color-contrast", "link-in-text-block"];
    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    protected override bool Kestrel => true;

    protected override bool Worker => true;

    // The browser tells by its own clock when a cookie ends.
    protected override DateTimeOffset Start => TimeProvider.System.GetUtcNow();

    // A page without its style sheet would pass every test of its looks.
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "Portal.sln")))
            {
                root = root.Parent;
            }

            var assets = Path.Combine(root?.FullName ?? "", "src", "Host", "Portal.Host", "wwwroot", "assets");
            return File.Exists(Path.Combine(assets, "manifest.json"))
                ? [new("Portal:Assets", assets)]
                : throw new InvalidOperationException("Build the assets first: build/test does it.");
        }
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") is { Length: > 0 } given
                ? given
                : "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>A page of a person of its own: no cookies of others.</summary>
    internal async Task<IPage> Open(bool scripts = true, int width = 1280)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            JavaScriptEnabled = scripts,
            Locale = "zh-CN",
            ViewportSize = new() { Width = width, Height = 900 },
        });
        return await context.NewPageAsync();
    }

    /// <summary>A page of somebody who has signed in.</summary>
    internal async Task<IPage> OpenFor(Person person)
    {
        var page = await Open();
        await SignInByKeyboard(page, person);
        return page;
    }

    internal static async Task SignInByKeyboard(IPage page, Person person)
    {
        await page.GotoAsync("/console/sign-in");
        await page.Type("#UserName", person.UserName);
        await page.Type("#Password", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => address.EndsWith("/console", StringComparison.Ordinal));
    }

    /// <summary>Starts a document and writes it by keyboard, on the page of an author who has signed in.</summary>
    internal static async Task Write(IPage page, Channel channel, string title, string text, bool scripts = true)
    {
        await page.Press("a[href='/console/documents']", "/console/documents");
        await page.Press("a[href^='/console/documents/new']", "/console/documents/new");
        await page.Type("#Title", title);
        await page.Choose("#Type", "article");
        await page.Choose("#ChannelId", channel.Id.ToString());
        await page.Press("form[action='/console/documents'] button", "done=started");
        await page.Type(scripts ? "[data-editor-host] [contenteditable=true]" : "#Body", text);
    }

    /// <summary>What axe finds serious or critical on the page, one line each.</summary>
    internal static Task<IReadOnlyList<string>> Faults(IPage page) => Faults(page, new { resultTypes = Results });

    /// <summary>The same for what depends on colours alone: enough for a page whose structure was examined before.</summary>
    internal static Task<IReadOnlyList<string>> FaultsOfColour(IPage page) => Faults(page, new { resultTypes = Results, runOnly = OfColour });

    /// <summary>Adds what axe finds on the page, and whether it is wider than its window.</summary>
    internal static async Task Examine(IPage page, List<string> faults)
    {
        var overflow = await page.Overflow();
        if (overflow > 0)
        {
            faults.Add($"{page.Url} is {overflow} pixels too wide.");
        }

        faults.AddRange(await Faults(page));
    }

    // Once a page: the package for Playwright opens a blank page for every run, to put together frames that there are none of.
    private static async Task<IReadOnlyList<string>> Faults(IPage page, object options)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'"))
        {
            await page.EvaluateAsync(AxeScript);
        }

        var found = await page.EvaluateAsync<JsonElement>("options => axe.run(document, options)", options);
        Assert.NotEqual(0, found.GetProperty("passes").GetArrayLength());
        return
        [
            .. found.GetProperty("violations").EnumerateArray()
                .Where(rule => Serious.Contains(rule.GetProperty("impact").GetString(), StringComparer.Ordinal))
                .Select(rule => $"{page.Url} {rule.GetProperty("id")} ({rule.GetProperty("impact")}): "
                    + string.Join(" | ", rule.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString()))),
        ];
    }

    internal async Task<Channel> Channel(string slug, string name)
    {
        var id = Guid.CreateVersion7(Clock.GetUtcNow());
        var channel = new Channel
        {
            Id = id,
            SiteId = Site(TestData.ProvinceKey).Id,
            Lineage = [id],
            Slug = slug,
            Path = slug,
            Name = name,
            Type = ChannelType.Dynamics,
            Description = "说明",
            Keywords = ["关键词"],
            CreatedAt = Clock.GetUtcNow(),
        };
        await Use<PublishingDbContext>(async db =>
        {
            db.Channels.Add(channel);
            db.Paths.Add(channel.Owning());
            await db.SaveChangesAsync();
        });
        await Refresh();
        return channel;
    }

    /// <summary>A published document. It goes live in an emergency: the journey goes through the reviews.</summary>
    internal async Task Publish(Channel channel, string slug, string title, string markdown)
    {
        await Use<IServiceProvider>(async services =>
        {
            var db = services.GetRequiredService<PublishingDbContext>();
            var now = Clock.GetUtcNow();
            var document = new Document { Id = Guid.CreateVersion7(now), SiteId = channel.SiteId, Type = "article", CreatedAt = now };
            var edition = new Edition
            {
                Id = Guid.CreateVersion7(now),
                SiteId = channel.SiteId,
                DocumentId = document.Id,
                Number = 1,
                ChannelId = channel.Id,
                Slug = slug,
                Title = title,
                Body = MarkdownReader.Read(markdown).Document!.ToJson(),
                Source = "云岭省人民政府办公厅",
                CreatedAt = now,
                UpdatedAt = now,
            };
            edition.ContentHash = ContentHash.Of(edition);
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Documents.Add(document);
            db.Editions.Add(edition);
            db.EmergencyPublications.Add(new EmergencyPublication
            {
                Id = Guid.CreateVersion7(now),
                SiteId = edition.SiteId,
                EditionId = edition.Id,
                ContentHash = edition.ContentHash,
                PersonId = Guid.CreateVersion7(now),
                PersonName = "审发人",
                Unit = "云岭省人民政府办公厅",
                Reason = "测试",
                At = now,
            });
            await db.SaveChangesAsync();
            await services.GetRequiredService<Publisher>().GoLiveAsync(edition, null, CancellationToken.None);
            await transaction.CommitAsync();
        });
        await Refresh();
    }
}
