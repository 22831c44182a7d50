using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Host.Organisations.CreateOrganisation;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Sites.EditSite;

/// <summary>Changes a site's names, marks and look (G-16).</summary>
public sealed record EditSite : IRequest<Outcome<Done>>, IRequirePermission, ISiteFacts
{
    public static Permission Permission => Permission.ManageSite;

    public Guid Id { get; init; }

    /// <summary>The version that the form was filled in from.</summary>
    public uint Version { get; init; }

    public string? Name { get; init; }

    public string? Domains { get; init; }

    public string? SiteCode { get; init; }

    public string? IcpNumber { get; init; }

    public string? PoliceNumber { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Address { get; init; }

    public string? Accent { get; init; }

    public string? Emblem { get; init; }

    public string? TrustedHosts { get; init; }
}

internal sealed class EditSiteValidator : AbstractValidator<EditSite>
{
    public EditSiteValidator(IStringLocalizer<SiteText> text) => SiteFacts.Check(this, text);
}

internal sealed class EditSiteHandler(
    HostDbContext db,
    SiteDirectory sites,
    IPageCache pages,
    ICurrentActor current,
    IStringLocalizer<SiteText> text,
    TimeProvider clock) : IRequestHandler<EditSite, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EditSite request, CancellationToken cancellationToken)
    {
        if (sites.ById(request.Id) is not { } info)
        {
            return Failure.NotFound;
        }

        if (!current.Actor!.Can(Permission.ManageSite, info))
        {
            return Failure.OutOfScope;
        }

        var site = await db.Sites.Include(row => row.Domains).SingleAsync(row => row.Id == request.Id, cancellationToken);
        var region = await db.Organisations.Where(row => row.Id == site.OrganisationId)
            .Select(row => row.RegionCode).SingleAsync(cancellationToken);
        if (SiteFacts.CheckAgainst(request, site.Kind, region, text) is { } wrong)
        {
            return wrong;
        }

        db.Entry(site).Property(row => row.Version).OriginalValue = request.Version;
        var before = new SortedDictionary<string, string>
        {
            ["name.before"] = site.Name,
            ["domains.before"] = string.Join(' ', site.Domains.Select(domain => domain.Name)),
            ["accent.before"] = site.Accent,
        };
        Apply(request, site);
        // Domains alone may have changed: the site's version moves with them.
        db.Entry(site).State = EntityState.Modified;
        db.Record(current.Actor.Decides(
            "host.site.edited", "site", site.Id.ToString(), site.Name, clock.GetUtcNow(), site.Id, facts: before));
        if (await db.TrySaveAsync(cancellationToken, exception => SiteFacts.ConflictOf(exception, text))
            is { } failure)
        {
            return failure;
        }

        await sites.RefreshAsync(cancellationToken);
        await pages.EvictAsync([CacheTags.Site(site.Id), CacheTags.Province], cancellationToken);
        return Done.Value;
    }

    private void Apply(EditSite request, Site site)
    {
        site.Name = request.Name!.Trim();
        site.SiteCode = request.SiteCode.OrNull();
        site.IcpNumber = request.IcpNumber.OrNull();
        site.PoliceNumber = request.PoliceNumber.OrNull();
        site.Phone = request.Phone.OrNull();
        site.Email = request.Email.OrNull();
        site.Address = request.Address.OrNull();
        site.Accent = request.Accent!;
        site.Emblem = request.Emblem!;
        site.TrustedHosts = [.. SiteRules.Lines(request.TrustedHosts)];
        var wanted = SiteRules.Lines(request.Domains);
        foreach (var gone in site.Domains.Where(domain => !wanted.Contains(domain.Name)).ToList())
        {
            db.SiteDomains.Remove(gone);
            site.Domains.Remove(gone);
        }

        foreach (var name in wanted.Where(name => site.Domains.TrueForAll(domain => domain.Name != name)))
        {
            site.Domains.Add(new SiteDomain { SiteId = site.Id, Name = name });
        }

        foreach (var domain in site.Domains)
        {
            domain.IsPrimary = domain.Name == wanted[0];
        }
    }
}

/// <summary>A site with the record of its life.</summary>
public sealed record SiteView(
    EditSite Form, SiteInfo Info, string Region, IReadOnlyList<SiteStatus> Next, bool MayChangeStatus, IReadOnlyList<StatusLine> History);

/// <summary>A step of a site's life.</summary>
public sealed record StatusLine(
    DateTimeOffset At, SiteStatus From, SiteStatus To, string DocumentNumber, string Reason, string By);

internal sealed class SiteReader(HostDbContext db, SiteDirectory sites, ICurrentActor current)
{
    /// <summary>The site as its page shows it; null when the actor may not manage it.</summary>
    public async Task<SiteView?> ReadAsync(Guid id, EditSite? typed, CancellationToken cancellationToken)
    {
        if (sites.ById(id) is not { } info || !current.Actor!.Can(Permission.ManageSite, info))
        {
            return null;
        }

        var site = await db.Sites.AsNoTracking().Include(row => row.Domains).SingleAsync(row => row.Id == id, cancellationToken);
        var region = await db.Organisations.Where(row => row.Id == site.OrganisationId)
            .Select(row => row.RegionCode).SingleAsync(cancellationToken);
        var history = await db.SiteStatusChanges.AsNoTracking()
            .Where(change => change.SiteId == id)
            .OrderByDescending(change => change.Id)
            .Select(change => new StatusLine(
                change.ChangedAt, change.From, change.To, change.DocumentNumber, change.Reason, change.ActorName))
            .ToListAsync(cancellationToken);
        return new SiteView(
            (typed ?? FormOf(site)) with { Id = id, Version = typed?.Version is > 0 ? typed.Version : site.Version },
            info,
            region,
            SiteRules.Next(site.Status),
            current.Actor.Can(Permission.ManageSites, info),
            history);
    }

    private static EditSite FormOf(Site site) => new()
    {
        Name = site.Name,
        Domains = string.Join(
            '\n', site.Domains.OrderByDescending(domain => domain.IsPrimary).Select(domain => domain.Name)),
        SiteCode = site.SiteCode,
        IcpNumber = site.IcpNumber,
        PoliceNumber = site.PoliceNumber,
        Phone = site.Phone,
        Email = site.Email,
        Address = site.Address,
        Accent = site.Accent,
        Emblem = site.Emblem,
        TrustedHosts = string.Join('\n', site.TrustedHosts),
    };
}

internal sealed class EditSiteEndpoint : ICarterModule
{
    private const string Route = "/console/sites/{id:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (
            Guid id, string? done, ICurrentActor current, ISites sites, SiteReader reader,
            CancellationToken cancellationToken) =>
            !current.Actor!.Has(Permission.ManageSite) ? new Refused<EditSite>(Failure.Forbidden)
            : await reader.ReadAsync(id, null, cancellationToken) is { } view ? EditSitePage.Render(view, [], done: done)
            : sites.ById(id) is { } other
                ? new Refused<EditSite>(Failure.OutOfScope with { About = new("site", id.ToString(), other.Name) })
            : Failure.NotFound.Page());
        app.MapConsoleForm(Route, async (
            Guid id, [FromForm] EditSite form, SiteReader reader, ISender sender, CancellationToken cancellationToken) =>
        {
            var failure = (await sender.Send(form with { Id = id }, cancellationToken)).Failure;
            if (failure is null)
            {
                return new SeeOther($"/console/sites/{id}?done=edited");
            }

            var conflict = failure.Kind == FailureKind.Conflict;
            var view = failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                // What was typed stays; saving again is a decision in the knowledge of the other change.
                ? await reader.ReadAsync(id, conflict ? form with { Version = 0 } : form, cancellationToken)
                : null;
            return view is null ? failure.Page() : EditSitePage.Render(view, failure.Errors, conflict: conflict);
        });
    }
}
