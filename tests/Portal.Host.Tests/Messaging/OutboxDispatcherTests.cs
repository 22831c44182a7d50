using System.Reflection;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;
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
    public async Task What_a_module_handled_it_does_not_handle_again_under_another_name()
    {
        var id = await Tell(typeof(DecisionTaken).FullName!, Decision());
        await Inboxes(db => db.Inbox.Add(new InboxMessage { MessageId = id, Handler = "OnSomethingFormerly", HandledAt = host.Clock.GetUtcNow() }));

        await host.DrainOutbox();

        Assert.NotNull((await Find(id)).DispatchedAt);
        await Inboxes(db => Assert.Equal(
            ["OnSomethingFormerly"], db.Inbox.Where(row => row.MessageId == id).Select(row => row.Handler).ToArray()));
    }

    [Fact]
    public void Two_handlers_of_a_fact_in_one_module_are_refused()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new MessageCatalogue(new ModuleRegistry([new TwiceModule()])));

        Assert.Contains(nameof(OnDecisionTakenAgain), refused.Message, StringComparison.Ordinal);
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

    /// <summary>The only module that handles decisions keeps them in the inbox of its own.</summary>
    private Task Inboxes(Action<ModuleDbContext> work) => host.Use<IServiceProvider>(async services =>
    {
        var audit = services.GetRequiredService<MessageCatalogue>().ConsumersOf(typeof(DecisionTaken)).Single().Module;
        var db = (ModuleDbContext)services.GetRequiredService(audit.DbContext);
        work(db);
        await db.SaveChangesAsync();
    });

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

/// <summary>Reads this assembly as a module.</summary>
internal sealed class TwiceModule : IModule
{
    public string Name => "Twice";

    public string Schema => "twice";

    public Type DbContext => typeof(HostDbContext);

    public Assembly Assembly => typeof(TwiceModule).Assembly;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}

internal sealed class OnDecisionTaken : INotificationHandler<DecisionTaken>
{
    public Task Handle(DecisionTaken notification, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed class OnDecisionTakenAgain : INotificationHandler<DecisionTaken>
{
    public Task Handle(DecisionTaken notification, CancellationToken cancellationToken) => Task.CompletedTask;
}
