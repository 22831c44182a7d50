using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity.ReadStaff;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Identity.ChangeStaffStatus;

/// <summary>Closes an account at once, or opens it again.</summary>
public sealed record ChangeStaffStatus : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;

    public Guid StaffId { get; init; }

    public bool Disabled { get; init; }

    public string? StatusReason { get; init; }
}

internal sealed class ChangeStaffStatusValidator : AbstractValidator<ChangeStaffStatus>
{
    public ChangeStaffStatusValidator(IStringLocalizer<StaffText> text) =>
        RuleFor(form => form.StatusReason).Filled(500)
            .WithMessage(_ => text["Status.Reason.Missing"]);
}

internal sealed class ChangeStaffStatusHandler(
    HostDbContext db, UserManager<Staff> users, StaffScope scope, IStringLocalizer<StaffText> text, TimeProvider clock)
    : IRequestHandler<ChangeStaffStatus, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeStaffStatus request, CancellationToken cancellationToken)
    {
        if (await scope.FindAsync(request.StaffId, cancellationToken) is not { } staff
            || !await scope.CoversAsync(staff, cancellationToken))
        {
            return Failure.NotFound;
        }

        if (staff.Id == scope.Actor.Id)
        {
            return Failure.Invalid(nameof(request.StatusReason), text["Status.Self"]);
        }

        var now = clock.GetUtcNow();
        staff.DisabledAt = request.Disabled ? now : null;
        // Every session of the account carries the old stamp and ends with the next request.
        await users.UpdateSecurityStampAsync(staff);
        db.StaffStatusChanges.Add(new StaffStatusChange
        {
            Id = Guid.CreateVersion7(now),
            StaffId = staff.Id,
            Disabled = request.Disabled,
            Reason = request.StatusReason!.Trim(),
            ActorId = scope.Actor.Id,
            ChangedAt = now,
        });
        db.Record(scope.Actor.Decides(
            request.Disabled ? "host.staff.disabled" : "host.staff.enabled", "staff", staff.Id.ToString(), staff.Name, now,
            opinion: request.StatusReason.Trim()));
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}

internal sealed class ChangeStaffStatusEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/staff/{id:guid}/status", async (
            Guid id, [FromForm] ChangeStaffStatus form, ISender sender, CancellationToken cancellationToken) =>
            await StaffPages.AnswerAsync(
                (await sender.Send(form with { StaffId = id }, cancellationToken)).Failure,
                sender, id, "status", cancellationToken));
}
