using System.Diagnostics;
using Npgsql;
using Portal.Publishing.Channels;

namespace Portal.Publishing.Tests.Pages;

/// <summary>Runs alone, because every query of the process is counted.</summary>
[CollectionDefinition(nameof(RoundTripTests), DisableParallelization = true)]
public sealed class RoundTripCollection;

/// <summary>What a fresh page may cost the database.</summary>
[Collection(nameof(RoundTripTests))]
public sealed class RoundTripTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_page_costs_one_or_two_round_trips_however_much_it_shows()
    {
        var channel = await host.Channel("cost", ChannelType.Policies);
        var policy = await host.Publish(channel, "policy", "policy", DocumentPageTests.Policy("云政发〔2026〕5号"));
        for (var i = 0; i < 25; i++)
        {
            await host.Publish(channel, $"n{i}", "interpretation", edition => edition.Interprets = [policy.DocumentId]);
        }

        using var visitor = host.Visitor();
        Dictionary<string, int> allowed = new()
        {
            ["/cost/policy"] = 1,
            ["/cost/n1"] = 1,
            ["/cost"] = 2,
            ["/nowhere"] = 3,
            ["/"] = 1,
            ["/cost/feed.xml"] = 1,
            ["/sitemap"] = 1,
        };
        foreach (var (path, most) in allowed)
        {
            // The first answer opens connections and prepares statements; a reading mode is a page of its own.
            await visitor.Get("/~large" + path);
            var count = await CountAsync(() => visitor.Get(path));

            Assert.True(count >= 1 && count <= most, $"{path} took {count}");
        }
    }

    private async Task<int> CountAsync(Func<Task> work)
    {
        var database = new NpgsqlConnectionStringBuilder(host.OwnerConnection).Database;
        var count = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            // Other hosts have databases of their own; this one's polls read other schemas.
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("db.namespace"), database)
                    && activity.GetTagItem("db.query.text") is string sql
                    && sql.Contains("publishing.", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref count);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return count;
    }
}
