using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity;
using Portal.Host.Identity.Sessions.SweepSessions;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

/// <summary>A host that keeps sessions for ten days after their end.</summary>
public sealed class TidyHost : PortalHost
{
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("Portal:SessionDays", "10")];
}

[Trait("Needs", "Database")]
public sealed class SweepSessionsTests(TidyHost host) : IClassFixture<TidyHost>
{
    [Fact]
    public async Task Sessions_go_when_they_have_been_over_for_as_long_as_they_are_kept()
    {
        var person = await host.Data.Staff(Role.Author);
        var now = host.Clock.GetUtcNow();
        var ended = await Add(person, now.AddDays(-11), now.AddDays(-11), now.AddDays(-10).AddMinutes(-1));
        var expired = await Add(person, now.AddDays(-11), now.AddDays(-10).AddMinutes(-31), null);
        var worn = await Add(person, now.AddDays(-10).AddHours(-12).AddMinutes(-1), now, null);
        var endedLately = await Add(person, now.AddDays(-11), now.AddDays(-11).AddMinutes(1), now.AddDays(-9));
        var expiredLately = await Add(person, now.AddDays(-9), now.AddDays(-9), null);
        var open = await Add(person, now.AddHours(-1), now, null);

        var removed = await host.Use<SweepSessions, int>(sweep => sweep.RunAsync(CancellationToken.None));

        Assert.Equal(4, removed);
        var left = await host.Use<HostDbContext, List<Guid>>(db =>
            db.Sessions.Where(session => session.StaffId == person.Id).Select(session => session.Id).ToListAsync());
        Assert.DoesNotContain(ended, left);
        Assert.DoesNotContain(expired, left);
        Assert.DoesNotContain(worn, left);
        Assert.DoesNotContain(endedLately, left);
        Assert.Equivalent(new[] { expiredLately, open }, left, strict: true);
    }

    private async Task<Guid> Add(Person person, DateTimeOffset created, DateTimeOffset seen, DateTimeOffset? ended)
    {
        var id = Guid.CreateVersion7();
        await host.Use<HostDbContext>(async db =>
        {
            db.Sessions.Add(new Session
            {
                Id = id,
                KeyHash = id.ToByteArray(),
                StaffId = person.Id,
                SecurityStamp = "any",
                CreatedAt = created,
                LastSeenAt = seen,
                EndedAt = ended,
            });
            await db.SaveChangesAsync();
        });
        return id;
    }
}
