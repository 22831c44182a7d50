using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Openness;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Contracts;
using Portal.Shared.Calendars;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Openness;

/// <summary>A host with documents on their way and time limits that run.</summary>
public sealed class OpennessHost : DisclosureHost
{
    /// <summary>Today in Beijing.</summary>
    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    /// <summary>The working calendar of the province.</summary>
    internal Task<WorkingCalendar> Calendar() => Use<ICalendars, WorkingCalendar>(
        calendars => Task.FromResult(calendars.For(Site(TestData.ProvinceKey).RegionCode)));

    /// <summary>The latest day from which <paramref name="count"/> working days end before <paramref name="end"/> or on it.</summary>
    internal async Task<DateOnly> WorkdaysBefore(DateOnly end, int count)
    {
        var calendar = await Calendar();
        var day = end;
        while (calendar.CountWorkdays(day, end) < count)
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Gives a channel a cycle of its own, or closes it, and tells so.</summary>
    internal async Task Cycle(Channel channel, int days, bool closed = false)
    {
        var now = Clock.GetUtcNow();
        await Use<PublishingDbContext, int>(async db =>
        {
            await db.Channels.Where(row => row.Id == channel.Id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.CycleDays, days)
                .SetProperty(row => row.ClosedAt, closed ? now : null));
            db.Publish(
                new ChannelChanged { Id = Guid.CreateVersion7(now), OccurredAt = now, SiteId = channel.SiteId, ChannelId = channel.Id },
                now);
            return await db.SaveChangesAsync();
        });
        await DrainOutbox();
    }

    internal Task<OpennessItem?> ItemOf(Guid subject, OpennessKind kind) => Read(db =>
        db.OpennessItems.AsNoTracking().SingleOrDefaultAsync(item => item.SubjectId == subject && item.Kind == kind));

    /// <summary>An item that is simply there.</summary>
    internal async Task<OpennessItem> Item(
        string site = TestData.ProvinceKey, DateTimeOffset? due = null, DateTimeOffset? done = null,
        OpennessKind kind = OpennessKind.Disclosure, DateTimeOffset? start = null)
    {
        var item = new OpennessItem
        {
            Id = Guid.CreateVersion7(Clock.GetUtcNow()),
            SiteId = Site(site).Id,
            Kind = kind,
            SubjectId = Guid.CreateVersion7(),
            Title = "关于试验事项的公告",
            StartedAt = start ?? BeijingTime.StartOf(new DateOnly(2026, 1, 5)),
            DueAt = due ?? BeijingTime.StartOf(Today.AddDays(-1)),
            DoneAt = done,
            Calendar = "test",
        };
        await Read(db =>
        {
            db.OpennessItems.Add(item);
            return db.SaveChangesAsync();
        });
        return item;
    }

    /// <summary>The decisions of a kind on an object, as they go to the trail.</summary>
    internal Task<List<DecisionTaken>> DecisionsOn(string action, Guid about) => Read(async db =>
        (await db.Outbox.AsNoTracking().Where(row => row.Type == "Portal.Shared.Decisions.DecisionTaken")
            .Select(row => row.Payload).ToListAsync())
        .Select(payload => JsonSerializer.Deserialize<DecisionTaken>(payload, MessageJson.Options)!)
        .Where(decision => decision.Action == action && decision.ObjectId == about.ToString()).ToList());
}
