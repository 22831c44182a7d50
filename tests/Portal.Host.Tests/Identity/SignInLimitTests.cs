using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Web;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

/// <summary>Two hosts on one database that let five tries a minute pass from one address, three at one name.</summary>
public sealed class LimitedHosts : PortalHost
{
    internal SecondHost Second { get; private set; } = null!;

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
        [new("Portal:SignInsPerMinute", "5"), new("Portal:SignInsPerNameAndMinute", "3")];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Second = new SecondHost(this);
        await Second.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Second.DisposeAsync();
        await base.DisposeAsync();
    }

    internal sealed class SecondHost(LimitedHosts first) : PortalHost
    {
        protected override PortalHost Beside => first;

        protected override IEnumerable<KeyValuePair<string, string?>> Configuration => first.Configuration;
    }
}

/// <summary>What is limited is limited for all hosts together.</summary>
[Trait("Needs", "Database")]
public sealed class SignInLimitTests(LimitedHosts hosts) : IClassFixture<LimitedHosts>
{
    [Fact]
    public async Task Tries_from_one_address_count_on_every_host()
    {
        await QuietAsync();
        HttpStatusCode[] answers =
        [
            await TryAsync(hosts, "anna"), await TryAsync(hosts.Second, "bert"), await TryAsync(hosts, "carl"),
            await TryAsync(hosts.Second, "dora"), await TryAsync(hosts, "emil"), await TryAsync(hosts.Second, "fred"),
        ];

        Assert.All(answers[..5], status => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[5]);
    }

    [Fact]
    public async Task Tries_at_one_name_count_on_every_host_and_let_others_in()
    {
        await QuietAsync();
        HttpStatusCode[] answers =
        [
            await TryAsync(hosts, "Nobody"), await TryAsync(hosts.Second, " nobody "), await TryAsync(hosts, "NOBODY"),
            await TryAsync(hosts.Second, "nobody"),
        ];
        var other = await TryAsync(hosts.Second, "somebody");

        Assert.All(answers[..3], status => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[3]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other);
    }

    [Fact]
    public async Task After_two_minutes_the_window_has_passed_and_half_of_it_after_one_and_a_half()
    {
        await QuietAsync();
        for (var tries = 0; tries < 3; tries++)
        {
            await TryAsync(hosts, "lena");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(hosts, "lena"));
        hosts.Clock.Advance(TimeSpan.FromSeconds(90));
        // Four tries were counted; half of their minute is less than a minute ago.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(hosts, "lena"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(hosts, "lena"));
        hosts.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(hosts, "lena"));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002/64")]
    public void A_place_is_an_address_or_a_network_that_one_customer_has(string address, string block) =>
        Assert.Equal(block, NetworkBlock.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task What_was_typed_as_a_name_is_not_kept()
    {
        await QuietAsync();
        await TryAsync(hosts, "my-secret-password-by-mistake");

        var buckets = await hosts.Use<HostDbContext, List<string>>(db => db.SignInWindows.Select(row => row.Bucket).ToListAsync());

        Assert.Contains(buckets, bucket => bucket.StartsWith("name ", StringComparison.Ordinal));
        // Four bytes prove nothing: one in four thousand million guesses fits any of them.
        Assert.All(buckets, bucket => Assert.True(bucket.StartsWith("address ", StringComparison.Ordinal) || bucket.Length == 13, bucket));
    }

    /// <summary>Both hosts at the beginning of a minute in which nobody has tried.</summary>
    private async Task QuietAsync()
    {
        await hosts.Use<HostDbContext>(db => db.SignInWindows.ExecuteDeleteAsync());
        var now = hosts.Second.Clock.GetUtcNow() > hosts.Clock.GetUtcNow() ? hosts.Second.Clock.GetUtcNow() : hosts.Clock.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);
        hosts.Clock.SetUtcNow(minute);
        hosts.Second.Clock.SetUtcNow(minute);
    }

    private static async Task<HttpStatusCode> TryAsync(PortalHost host, string name)
    {
        using var visitor = host.Visitor();
        var answer = await visitor.Post(
            "/console/sign-in", new() { ["UserName"] = name, ["Password"] = "wrong-password-1" });
        return answer.Status;
    }
}
