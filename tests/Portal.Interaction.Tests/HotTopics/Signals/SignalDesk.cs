using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.HotTopics.Signals;
using Portal.Interaction.HotTopics.Signals.Surges;
using Portal.Interaction.Letters;
using Portal.Interaction.Tests.Letters;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.HotTopics.Signals;

/// <summary>A host with the mailbox of a city, the officers of two cities, and a newspaper beside it that has a feed.</summary>
public class SignalDesk : LetterDesk
{
    private const string Feed =
        """
        <rss version="2.0"><channel><title>要闻</title>
        <item><title>文庙街供水恢复，水质检测结果公布</title><link>https://news.example/1</link><guid>n-1</guid><pubDate>Fri, 20 Nov 2026 08:30:00 +0800</pubDate></item>
        <item><title>足球联赛开幕</title><link>https://news.example/2</link><guid>n-2</guid></item></channel></rss>
        """;

    private readonly Dictionary<string, Person> _officers = [];
    private WebApplication? _newspaper;

    /// <summary>How the newspaper answers; null: with its feed.</summary>
    internal IResult? Answer { get; set; }

    /// <summary>What the newspaper was asked with the last time.</summary>
    internal string? AskedFor { get; private set; }

    internal string FeedAddress { get; private set; } = "";

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
        [new("Portal:Outbound:Allow:0", new Uri(FeedAddress).Authority)];

    public override async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _newspaper = builder.Build();
        _newspaper.Run(async http =>
        {
            AskedFor = http.Request.Headers.IfNoneMatch;
            if (Answer is { } other)
            {
                await other.ExecuteAsync(http);
                return;
            }

            if (AskedFor == "\"v1\"")
            {
                http.Response.StatusCode = (int)HttpStatusCode.NotModified;
                return;
            }

            http.Response.Headers.ETag = "\"v1\"";
            http.Response.ContentType = "application/rss+xml; charset=utf-8";
            await http.Response.WriteAsync(Feed, Encoding.UTF8);
        });
        await _newspaper.StartAsync();
        FeedAddress = _newspaper.Urls.First() + "/rss";
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _newspaper!.DisposeAsync();
    }

    /// <summary>舆情专员 of a site, signed in now.</summary>
    internal async Task<Browser> OfficerOf(string site = SiteKey)
    {
        if (!_officers.TryGetValue(site, out var person))
        {
            person = _officers[site] = await Data.Staff(Role.OpinionOfficer, site);
        }

        return await SignInAs(person, again: true);
    }

    /// <summary>A letter of somebody of their own.</summary>
    internal Task<Letter> Written(string name, string title, string text) =>
        Registered(Fields(LetterKind.Complaint, title) with { Name = name, Phone = "", Text = text });

    /// <summary>The nightly run; answers how many signals it raised.</summary>
    internal Task<int> Run() => Use<IServiceProvider, int>(async services =>
        await services.GetRequiredService<FindSurges>().RunAsync(CancellationToken.None)
        + await services.GetRequiredService<FindFruitlessSearches>().RunAsync(CancellationToken.None));

    internal Task<Signal> Find(string title) =>
        Read(db => db.Signals.AsNoTracking().OrderByDescending(row => row.NoticedAt).FirstAsync(row => row.Title == title));

    /// <summary>A signal that somebody brought.</summary>
    internal async Task<Signal> Raised(string title, string site = SiteKey)
    {
        await Use<SignalWriter, int>(writer => writer.RaiseAsync(
            [
                new NoticedSignal(
                    Site(site).Id, SignalSource.Import, title, new SignalEvidence { Origin = "某日报", Count = 12 },
                    SignalWriter.Fingerprint(SignalSource.Import, title)),
            ],
            null, CancellationToken.None));
        return await Find(title);
    }

    internal static Task<Answer> Judge(Browser browser, Signal signal, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new() { ["Version"] = signal.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return browser.Post($"/console/hot-topics/signals/{signal.Id}/judgements", form, "/console/account/password");
    }
}
