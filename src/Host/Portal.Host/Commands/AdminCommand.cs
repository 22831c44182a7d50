using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity;
using Portal.Host.Sites;
using Portal.Shared.Actors;
using Portal.Shared.Commands;

namespace Portal.Host.Commands;

/// <summary><c>admin create</c>: the first provincial admin, whom nobody could have granted the role.</summary>
internal sealed class AdminCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var user = new Option<string>("--user") { Required = true, Description = "User name: a-z, 0-9, - _ ." };
        var name = new Option<string>("--name") { Required = true, Description = "The person's name." };
        var unit = new Option<string>("--unit") { Required = true, Description = "Key of the organisation." };
        var create = new Command("create", "Creates a provincial admin and prints a password to be changed.")
        {
            user, name, unit,
        };
        create.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            var password = await CreateAsync(
                scope.ServiceProvider, result.GetRequiredValue(user), result.GetRequiredValue(name),
                result.GetRequiredValue(unit), cancellationToken);
            result.InvocationConfiguration.Output.WriteLine(password);
            return 0;
        });
        return new Command("admin", "Provincial admins.") { create };
    }

    private static async Task<string> CreateAsync(
        IServiceProvider services, string userName, string name, string unit, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<HostDbContext>();
        var clock = services.GetRequiredService<TimeProvider>();
        var organisation = await db.Organisations.SingleOrDefaultAsync(row => row.Key == unit, cancellationToken)
            ?? throw new CommandException($"There is no organisation {unit}.");
        var province = await db.Sites
            .SingleOrDefaultAsync(site => site.Key == SiteDirectory.ProvinceKey, cancellationToken)
            ?? throw new CommandException("There is no provincial portal yet: run `portal seed`.");
        var now = clock.GetUtcNow();
        var staff = new Staff
        {
            Id = Guid.CreateVersion7(now),
            UserName = userName,
            Name = name,
            OrganisationId = organisation.Id,
            CreatedAt = now,
            MustChangePassword = true,
        };
        var password = Passwords.Generate();
        var created = await services.GetRequiredService<UserManager<Staff>>().CreateAsync(staff, password);
        if (!created.Succeeded)
        {
            throw new CommandException(string.Join(' ', created.Errors.Select(error => error.Description)));
        }

        db.StaffGrants.Add(new StaffGrant
        {
            Id = Guid.CreateVersion7(now),
            StaffId = staff.Id,
            Role = Role.ProvincialAdmin,
            SiteId = province.Id,
            Reason = "portal admin create",
            GrantedAt = now,
        });
        db.Record(((Actor?)null).Decides(
            "host.staff.created", "staff", staff.Id.ToString(), $"{name} ({userName})", now, province.Id,
            facts: new SortedDictionary<string, string> { ["role"] = nameof(Role.ProvincialAdmin) }));
        await db.SaveChangesAsync(cancellationToken);
        return password;
    }
}
