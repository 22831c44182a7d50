using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Testing;

namespace Portal.Host.Tests.Messaging;

public sealed class OutboxDispatcherTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_message_that_keeps_failing_is_parked_after_eight_tries_and_the_others_flow()
    {
        var poison = await Tell("Portal.Nobody.KnowsThis", "{}");
        var good = await Tell(typeof(DecisionTaken).FullName!, Decision());

        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await host.DrainOutbox();
            Assert.Equal(attempt, (await Find(poison)).Attempts);
            // Not due before its time: a second round does not try again.
            await host.DrainOutbox();
            Assert.Equal(attempt, (await Find(poison)).Attempts);
            host.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var parked = await Find(poison);
        Assert.NotNull(parked.ParkedAt);
        Assert.Null(parked.DispatchedAt);
        Assert.Contains("Portal.Nobody.KnowsThis", parked.Error, StringComparison.Ordinal);
        Assert.NotNull((await Find(good)).DispatchedAt);
    }

    [Fact]
    public async Task A_message_delivered_again_takes_effect_once()
    {
        var id = await Tell(typeof(DecisionTaken).FullName!, Decision());
        await host.DrainOutbox();
        await host.Use<HostDbContext>(db => db.Outbox.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DispatchedAt, (DateTimeOffset?)null)));

        await host.DrainOutbox();

        Assert.NotNull((await Find(id)).DispatchedAt);
        Assert.Equal(0, (await Find(id)).Attempts);
    }

    [Fact]
    public async Task What_was_delivered_long_ago_is_swept_and_what_is_parked_stays()
    {
        var sent = await Tell(typeof(DecisionTaken).FullName!, Decision());
        await host.DrainOutbox();
        var parked = await Tell("Portal.Nobody.KnowsThis", "{}");
        await host.Use<HostDbContext>(db => db.Outbox.Where(row => row.Id == parked)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParkedAt, host.Clock.GetUtcNow())));
        var dispatcher = host.Services.GetRequiredService<OutboxDispatcher>();

        await dispatcher.SweepAsync(TimeSpan.FromDays(30), TestContext.Current.CancellationToken);
        Assert.NotNull(await Find(sent));
        host.Clock.Advance(TimeSpan.FromDays(31));
        await dispatcher.SweepAsync(TimeSpan.FromDays(30), TestContext.Current.CancellationToken);

        await host.Use<HostDbContext>(async db =>
        {
            Assert.False(await db.Outbox.AnyAsync(row => row.Id == sent));
            Assert.True(await db.Outbox.AnyAsync(row => row.Id == parked));
        });
    }

    private string Decision() => System.Text.Json.JsonSerializer.Serialize(
        new DecisionTaken
        {
            Id = Guid.CreateVersion7(),
            OccurredAt = host.Clock.GetUtcNow(),
            Action = "host.test",
            ActorName = "测试员",
            ObjectType = "test",
            ObjectId = "1",
        },
        MessageJson.Options);

    private async Task<Guid> Tell(string type, string payload)
    {
        var message = new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Type = type,
            Payload = payload,
            OccurredAt = host.Clock.GetUtcNow(),
            AvailableAt = host.Clock.GetUtcNow(),
        };
        await host.Use<HostDbContext>(async db =>
        {
            db.Outbox.Add(message);
            await db.SaveChangesAsync();
        });
        return message.Id;
    }

    private Task<OutboxMessage> Find(Guid id) =>
        host.Use<HostDbContext, OutboxMessage>(db => db.Outbox.AsNoTracking().SingleAsync(row => row.Id == id));
}
