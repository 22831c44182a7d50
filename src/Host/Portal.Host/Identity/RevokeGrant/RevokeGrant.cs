using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity.ReadStaff;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Identity.RevokeGrant;

/// <summary>Ends a grant, with a reason.</summary>
public sealed record RevokeGrant : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;

    public Guid StaffId { get; init; }

    public Guid GrantId { get; init; }

    public string? RevocationReason { get; init; }
}

internal sealed class RevokeGrantValidator : AbstractValidator<RevokeGrant>
{
    public RevokeGrantValidator(IStringLocalizer<StaffText> text) =>
        RuleFor(form => form.RevocationReason).Filled(500).WithMessage(_ => text["Revoke.Missing"]);
}

internal sealed class RevokeGrantHandler(HostDbContext db, StaffScope scope, ISites sites, TimeProvider clock)
    : IRequestHandler<RevokeGrant, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RevokeGrant request, CancellationToken cancellationToken)
    {
        var grant = await db.StaffGrants.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.GrantId && row.StaffId == request.StaffId && row.Revocation == null, cancellationToken);
        if (grant is null || sites.ById(grant.SiteId) is not { } site || !scope.MayGive(grant.Role, site))
        {
            return Failure.NotFound;
        }

        var staff = await db.Staff.SingleAsync(row => row.Id == grant.StaffId, cancellationToken);
        var now = clock.GetUtcNow();
        var reason = request.RevocationReason!.Trim();
        db.StaffGrantRevocations.Add(new StaffGrantRevocation
        {
            GrantId = grant.Id,
            Reason = reason,
            RevokedById = scope.Actor.Id,
            RevokedAt = now,
        });
        staff.GrantsVersion = Guid.CreateVersion7(now);
        db.Record(scope.Actor.Decides(
            "host.staff.role-revoked", "staff", staff.Id.ToString(), staff.Name, now, site.Id, reason,
            new SortedDictionary<string, string> { ["role"] = grant.Role.ToString(), ["site"] = site.Name }));
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}

internal sealed class RevokeGrantEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/staff/{id:guid}/revocations", async (
            Guid id, [FromForm] RevokeGrant form, ISender sender, CancellationToken cancellationToken) =>
            await StaffPages.AnswerAsync(
                (await sender.Send(form with { StaffId = id }, cancellationToken)).Failure,
                sender, id, "revoked", cancellationToken));
}
