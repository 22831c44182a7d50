using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Identity;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

/// <summary>A host that counts what is done with passwords.</summary>
public sealed class CountingHost : PortalHost
{
    internal int Hashes { get; set; }

    protected override void Watch(IServiceCollection services)
    {
        services.AddScoped<PasswordHasher<Staff>>();
        services.AddScoped<IPasswordHasher<Staff>>(provider =>
            new CountingHasher(provider.GetRequiredService<PasswordHasher<Staff>>(), this));
    }

    private sealed class CountingHasher(PasswordHasher<Staff> hasher, CountingHost host) : IPasswordHasher<Staff>
    {
        public string HashPassword(Staff user, string password)
        {
            host.Hashes++;
            return hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Staff user, string hashedPassword, string providedPassword)
        {
            host.Hashes++;
            return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

/// <summary>Neither the answer nor the work behind it says whether a name is somebody's.</summary>
[Trait("Needs", "Database")]
public sealed class SignInWorkTests(CountingHost host) : IClassFixture<CountingHost>
{
    [Fact]
    public async Task An_unknown_a_closed_and_a_locked_account_cost_what_a_wrong_password_costs()
    {
        var known = await host.Data.Staff(Role.Author);
        var closed = await host.Data.Staff(Role.Author);
        var locked = await host.Data.Staff(Role.Author);
        await host.Use<HostDbContext>(async db =>
        {
            var now = host.Clock.GetUtcNow();
            await db.Staff.Where(row => row.Id == closed.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, now));
            await db.Staff.Where(row => row.Id == locked.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LockoutEnd, now.AddHours(1)));
        });
        await WorkAsync("whoever-comes-first", "wrong-password-1");

        var wrong = await WorkAsync(known.UserName, "wrong-password-1");

        Assert.Equal(1, wrong.Hashes);
        Assert.InRange(wrong.Queries, 1, 20);
        Assert.Equal(wrong, await WorkAsync("nobody-at-all", "wrong-password-1"));
        Assert.Equal(wrong, await WorkAsync(closed.UserName, PortalHost.Password));
        Assert.Equal(wrong, await WorkAsync(locked.UserName, PortalHost.Password));
    }

    private async Task<(int Hashes, int Queries)> WorkAsync(string name, string password)
    {
        using var visitor = host.Visitor();
        var token = (await visitor.Get("/console/sign-in")).Token!;
        host.Hashes = 0;
        using var queries = PortalHost.CountQueries();
        var answer = await visitor.PostRaw(
            "/console/sign-in", [new("_token", token), new("UserName", name), new("Password", password)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        return (host.Hashes, queries.Count);
    }
}
