using Carter;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Portal.Host.Identity.CreateStaff;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Identity.ResetCredentials;

/// <summary>A new first password and no second factor: the person has lost one of them.</summary>
public sealed record ResetCredentials(Guid StaffId) : IRequest<Outcome<NewPassword>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;
}

internal sealed class ResetCredentialsHandler(
    HostDbContext db, UserManager<Staff> users, StaffScope scope, TimeProvider clock)
    : IRequestHandler<ResetCredentials, Outcome<NewPassword>>
{
    public async Task<Outcome<NewPassword>> Handle(ResetCredentials request, CancellationToken cancellationToken)
    {
        if (await scope.FindAsync(request.StaffId, cancellationToken) is not { } staff
            || !await scope.CoversAsync(staff, cancellationToken))
        {
            return Failure.NotFound;
        }

        var password = Passwords.Generate();
        staff.PasswordHash = users.PasswordHasher.HashPassword(staff, password);
        staff.MustChangePassword = true;
        staff.TotpSecret = null;
        staff.TotpEnrolledAt = null;
        staff.LockoutEnd = null;
        staff.AccessFailedCount = 0;
        await users.UpdateSecurityStampAsync(staff);
        db.Record(scope.Actor.Decides(
            "host.staff.credentials-reset", "staff", staff.Id.ToString(), staff.Name, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        return new NewPassword(staff.Id, staff.UserName!, password);
    }
}

internal sealed class ResetCredentialsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/staff/{id:guid}/credentials", async (
            Guid id, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ResetCredentials(id), cancellationToken);
            return outcome.Succeeded ? NewPasswordPage.Render(outcome.Value, "Reset") : outcome.Failure.Page();
        });
}
