using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity.Sessions.ListSessions;
using Portal.Host.Web;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Host.Identity.ReadStaff;

public sealed record ReadStaff(Guid Id) : IRequest<Outcome<StaffView>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;
}

/// <summary>An account as its administrators see it.</summary>
public sealed record StaffView(
    Guid Id,
    string UserName,
    string Name,
    string Unit,
    string? Title,
    bool Disabled,
    bool Locked,
    bool Covered,
    IReadOnlyList<StaffGrantLine> Grants,
    IReadOnlyList<SessionLine> Sessions,
    IReadOnlyList<Choice> Sites,
    IReadOnlyList<Choice> Channels);

/// <summary>A role that holds.</summary>
public sealed record StaffGrantLine(
    Guid Id, Role Role, string Site, string? Channel, DateTimeOffset At, string Reason, bool MayRevoke);

internal sealed class ReadStaffHandler(
    HostDbContext db, StaffScope scope, ISites sites, ICurrentSite currentSite, ISender sender, TimeProvider clock)
    : IRequestHandler<ReadStaff, Outcome<StaffView>>
{
    public async Task<Outcome<StaffView>> Handle(ReadStaff request, CancellationToken cancellationToken)
    {
        if (await scope.FindAsync(request.Id, cancellationToken) is not { } staff)
        {
            return Failure.NotFound;
        }

        var unit = await db.Organisations.Where(row => row.Id == staff.OrganisationId)
            .Select(row => row.Name).SingleAsync(cancellationToken);
        var grants = await db.StaffGrants.AsNoTracking()
            .Where(grant => grant.StaffId == staff.Id && grant.Revocation == null)
            .OrderBy(grant => grant.Id)
            .ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var sessions = await ListSessionsHandler.OpenOf(db, staff.Id, now)
            .Select(row => new SessionLine(row.Id, row.Address, row.UserAgent, row.CreatedAt, row.LastSeenAt, false))
            .ToListAsync(cancellationToken);
        return new StaffView(
            staff.Id, staff.UserName!, staff.Name, unit, staff.Title, staff.DisabledAt is not null, staff.LockoutEnd > now,
            await scope.CoversAsync(staff, cancellationToken),
            [.. grants.Select(LineOf)],
            sessions,
            [.. scope.Sites.Select(site => new Choice(site.Id.ToString(), site.Name))],
            await ChannelsAsync(cancellationToken));
    }

    private StaffGrantLine LineOf(StaffGrant grant)
    {
        var site = sites.ById(grant.SiteId);
        return new StaffGrantLine(
            grant.Id, grant.Role, site?.Name ?? "", grant.ChannelName, grant.GrantedAt, grant.Reason,
            site is not null && scope.MayGive(grant.Role, site));
    }

    // The channels of the site I work on; for another site's, switch to it first.
    private async Task<IReadOnlyList<Choice>> ChannelsAsync(CancellationToken cancellationToken) =>
        currentSite.Site is { } site && scope.Actor.Can(Permission.ManageStaff, site)
            ? [.. (await sender.Send(new GetChannels(site.Id), cancellationToken))
                .Select(channel => new Choice(channel.Id.ToString(), $"{site.Name}：{channel.Name}（{channel.Path}）"))]
            : [];
}

internal sealed class ReadStaffEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/staff/{id:guid}", async (
            Guid id, string? done, ISender sender, CancellationToken cancellationToken) =>
            await StaffPages.ReadAsync(sender, id, [], cancellationToken, done));
}

internal static class StaffPages
{
    public static async Task<IResult> ReadAsync(
        ISender sender,
        Guid id,
        IReadOnlyList<FieldError> errors,
        CancellationToken cancellationToken,
        string? done = null,
        GrantRole.GrantRole? typed = null)
    {
        var outcome = await sender.Send(new ReadStaff(id), cancellationToken);
        return outcome.Succeeded ? ReadStaffPage.Render(outcome.Value, errors, done, typed) : outcome.Failure.Page();
    }

    /// <summary>After a form of the account's page: back to it, with what was wrong or what was done.</summary>
    public static async Task<IResult> AnswerAsync(
        Failure? failure, ISender sender, Guid id, string done, CancellationToken cancellationToken,
        GrantRole.GrantRole? typed = null) =>
        failure is null ? new SeeOther($"/console/staff/{id}?done={done}")
        : failure.Kind == FailureKind.Invalid
            ? await ReadAsync(sender, id, failure.Errors, cancellationToken, typed: typed)
        : failure.Page();
}
