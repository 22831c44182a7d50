using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity.ReadStaff;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Identity.GrantRole;

/// <summary>Gives a role on a site, or on one channel of it.</summary>
public sealed record GrantRole : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;

    public Guid StaffId { get; init; }

    public Role? Role { get; init; }

    public Guid? SiteId { get; init; }

    public Guid? ChannelId { get; init; }

    public string? Reason { get; init; }
}

internal sealed class GrantRoleValidator : AbstractValidator<GrantRole>
{
    public GrantRoleValidator(IStringLocalizer<StaffText> text)
    {
        RuleFor(form => form.Role).NotNull().WithMessage(_ => text["Grant.Role.Missing"])
            .IsInEnum().WithMessage(_ => text["Grant.Role.Missing"]);
        RuleFor(form => form.SiteId).NotNull().WithMessage(_ => text["Grant.Site.Missing"]);
        RuleFor(form => form.Reason).NotEmpty().WithMessage(_ => text["Grant.Reason.Missing"])
            .MaximumLength(500).WithMessage(_ => text["Reason.Long"]);
        RuleFor(form => form.ChannelId).Null()
            .When(form => form.Role is Role.SiteManager or Role.ProvincialAdmin or Role.Auditor
                or Role.RequestOfficer or Role.RequestHead
                or Role.LetterOfficer or Role.LetterHandler or Role.LetterHead
                or Role.InteractionEditor or Role.ErrorReportHandler or Role.OpinionOfficer)
            .WithMessage(_ => text["Grant.Channel.Role"]);
    }
}

internal sealed class GrantRoleHandler(
    HostDbContext db,
    StaffScope scope,
    ISites sites,
    ISender sender,
    IStringLocalizer<StaffText> text,
    TimeProvider clock) : IRequestHandler<GrantRole, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(GrantRole request, CancellationToken cancellationToken)
    {
        if (await scope.FindAsync(request.StaffId, cancellationToken) is not { } staff)
        {
            return Failure.NotFound;
        }

        if (sites.ById(request.SiteId!.Value) is not { } site)
        {
            return Failure.Invalid(nameof(request.SiteId), text["Grant.Site.Missing"]);
        }

        if (!scope.Actor.Can(Permission.ManageStaff, site))
        {
            return Failure.OutOfScope;
        }

        var role = request.Role!.Value;
        if (await ForbiddenAsync(staff, role, site, request.ChannelId, cancellationToken) is { } why)
        {
            return Failure.Invalid(nameof(request.Role), why);
        }

        string? channelName = null;
        if (request.ChannelId is { } channelId)
        {
            channelName = (await sender.Send(new GetChannels(site.Id), cancellationToken))
                .FirstOrDefault(channel => channel.Id == channelId)?.Name;
            if (channelName is null)
            {
                return Failure.Invalid(nameof(request.ChannelId), text["Grant.Channel.Wrong"]);
            }
        }

        var now = clock.GetUtcNow();
        db.StaffGrants.Add(new StaffGrant
        {
            Id = Guid.CreateVersion7(now),
            StaffId = staff.Id,
            Role = role,
            SiteId = site.Id,
            ChannelId = request.ChannelId,
            ChannelName = channelName,
            Reason = request.Reason!.Trim(),
            GrantedById = scope.Actor.Id,
            GrantedAt = now,
        });
        // From the next request on; two grants at the same moment meet here, and the second sees the first.
        staff.GrantsVersion = Guid.CreateVersion7(now);
        staff.ConcurrencyStamp = Guid.CreateVersion7(now).ToString();
        db.Record(scope.Actor.Decides(
            "host.staff.role-granted", "staff", staff.Id.ToString(), staff.Name, now, site.Id, request.Reason.Trim(),
            new SortedDictionary<string, string>
            {
                ["channel"] = channelName ?? "",
                ["role"] = role.ToString(),
                ["site"] = site.Name,
            }));
        if (await db.TrySaveAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        return Done.Value;
    }

    private async Task<string?> ForbiddenAsync(
        Staff staff, Role role, SiteInfo site, Guid? channel, CancellationToken cancellationToken)
    {
        if (staff.Id == scope.Actor.Id)
        {
            return text["Grant.Self"];
        }

        if (!scope.MayGive(role, site))
        {
            return text["Grant.Beyond"];
        }

        var held = await db.StaffGrants.AsNoTracking()
            .Where(grant => grant.StaffId == staff.Id && grant.Revocation == null)
            .Select(grant => new { grant.Role, grant.SiteId, grant.ChannelId })
            .ToListAsync(cancellationToken);
        if (held.Any(grant => (grant.Role == Role.Auditor) != (role == Role.Auditor)))
        {
            return text["Grant.Auditor"];
        }

        return held.Any(grant => grant.Role == role && grant.SiteId == site.Id && grant.ChannelId == channel)
            ? text["Grant.Same"].Value
            : null;
    }
}

internal sealed class GrantRoleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/staff/{id:guid}/grants", async (
            Guid id, [FromForm] GrantRole form, ISender sender, CancellationToken cancellationToken) =>
            await StaffPages.AnswerAsync(
                (await sender.Send(form with { StaffId = id }, cancellationToken)).Failure,
                sender, id, "granted", cancellationToken, form));
}
