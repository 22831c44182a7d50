using Microsoft.Extensions.Time.Testing;
using Portal.Shared.Throttling;
using Portal.Testing;

namespace Portal.Host.Tests.Throttling;

public sealed class ThrottleTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const int Most = 4;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // A window begins with it.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task As_many_as_the_limit_are_admitted_and_no_more()
    {
        for (var i = 0; i < Most; i++)
        {
            Assert.True((await Take("many")).Granted);
        }

        Assert.False((await Take("many")).Granted);
        Assert.True((await Take("another")).Granted);
        Assert.True((await Take("many", kind: "else")).Granted);
    }

    [Theory]
    [InlineData("0 0 0 0 0")]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData("1 2 3 4 11")]
    [InlineData("0 9 9 9 11 11 11")]
    [InlineData("3 3 3 3 12 12")]
    public async Task Whoever_comes_when_told_is_admitted_and_nobody_sooner(string minutes)
    {
        var value = minutes;
        var start = _clock.GetUtcNow();
        Admission last = default;
        foreach (var minute in minutes.Split(' '))
        {
            _clock.SetUtcNow(start.AddMinutes(double.Parse(minute, System.Globalization.CultureInfo.InvariantCulture)));
            last = await Take(value);
        }

        Assert.NotNull(last.AgainAt);
        Assert.InRange(last.AgainAt.Value, _clock.GetUtcNow(), _clock.GetUtcNow() + (2 * Window) + TimeSpan.FromSeconds(1));

        _clock.SetUtcNow(last.AgainAt.Value.AddSeconds(-1));
        Assert.False((await Take(value, keep: false)).Granted);
        _clock.SetUtcNow(last.AgainAt.Value);
        Assert.True((await Take(value)).Granted);
    }

    [Fact]
    public async Task A_limit_of_none_admits_nobody()
    {
        var answer = await Take("none", most: 0);

        Assert.False(answer.Granted);
        Assert.True(answer.AgainAt > _clock.GetUtcNow());
    }

    [Fact]
    public async Task Counts_go_when_no_window_looks_at_them()
    {
        await Take("old");
        _clock.Advance(Window);
        await Take("new");
        _clock.Advance(Window + TimeSpan.FromSeconds(1));

        await host.Use<HostDbContext, int>(db => new Throttle<HostDbContext>(db, _clock).SweepAsync(Window, default));

        // Had they all gone, the new one would be admitted.
        for (var i = 0; i < Most - 1; i++)
        {
            await Take("new");
        }

        Assert.False((await Take("new")).Granted);
        var starts = await host.Use<HostDbContext, List<DateTimeOffset>>(db => Task.FromResult(
            db.SignInWindows.Select(row => row.StartsAt).Where(at => at < _clock.GetUtcNow().AddMinutes(-20)).ToList()));
        Assert.Empty(starts);
    }

    private Task<Admission> Take(string value, string kind = "test", int most = Most, bool keep = true) =>
        host.Use<HostDbContext, Admission>(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var answer = await new Throttle<HostDbContext>(db, _clock).TakeAsync(kind, value, most, Window, default);
            if (keep)
            {
                await transaction.CommitAsync();
            }

            return answer;
        });
}
