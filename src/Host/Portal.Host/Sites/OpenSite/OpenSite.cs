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
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Host.Sites.OpenSite;

/// <summary>Registers a new site with the facts of its approval (G-04).</summary>
public sealed record OpenSite : IRequest<Outcome<Guid>>, IRequirePermission, ISiteFacts
{
    public static Permission Permission => Permission.ManageSites;

    public string? Key { get; init; }

    public Guid? OrganisationId { get; init; }

    public Guid? ParentId { get; init; }

    public SiteKind Kind { get; init; } = SiteKind.Department;

    public string? ApprovalNumber { get; init; }

    public string? ApprovalAuthority { get; init; }

    public DateOnly? ApprovedOn { get; init; }

    public string? ExceptionNumber { get; init; }

    public string? Name { get; init; }

    public string? Domains { get; init; }

    public string? SiteCode { get; init; }

    public string? IcpNumber { get; init; }

    public string? PoliceNumber { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Address { get; init; }

    public string? Accent { get; init; } = SiteRules.Palette[0];

    public string? Emblem { get; init; } = SiteRules.Emblems[1];

    public string? TrustedHosts { get; init; }
}

internal sealed class OpenSiteValidator : AbstractValidator<OpenSite>
{
    public OpenSiteValidator(IStringLocalizer<SiteText> text, TimeProvider clock)
    {
        RuleFor(form => form.Key).Must(SiteRules.IsKey).WithMessage(_ => text["Key.Form"]);
        RuleFor(form => form.OrganisationId).NotNull().WithMessage(_ => text["Organisation.Missing"]);
        RuleFor(form => form.ParentId).NotNull().WithMessage(_ => text["Parent.Missing"]);
        RuleFor(form => form.ApprovalNumber).Filled(60).WithMessage(_ => text["Approval.Missing"]);
        RuleFor(form => form.ApprovalAuthority).Filled(100)
            .WithMessage(_ => text["Approval.Authority.Missing"]);
        RuleFor(form => form.ApprovedOn).NotNull().WithMessage(_ => text["Approval.On.Missing"])
            .LessThanOrEqualTo(_ => BeijingTime.Date(clock.GetUtcNow()))
            .WithMessage(_ => text["Approval.On.Future"]);
        RuleFor(form => form.ExceptionNumber).MaximumLength(60).WithMessage(_ => text["Long"]);
        SiteFacts.Check(this, text);
    }
}

internal sealed class OpenSiteHandler(
    HostDbContext db,
    SiteDirectory sites,
    StaffScope scope,
    IStringLocalizer<SiteText> text,
    TimeProvider clock) : IRequestHandler<OpenSite, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(OpenSite request, CancellationToken cancellationToken)
    {
        if (sites.ById(request.ParentId!.Value) is not { } parent)
        {
            return Failure.Invalid(nameof(request.ParentId), text["Parent.Outside"]);
        }

        if (!scope.Actor.Can(Permission.ManageSites, parent))
        {
            return Failure.OutOfScope;
        }

        var sponsor = await (
            from organisation in db.Organisations
            join above in db.Organisations on organisation.ParentId equals above.Id into uppers
            from upper in uppers.DefaultIfEmpty()
            where organisation.Id == request.OrganisationId
            select new { organisation.Kind, organisation.RegionCode, Above = upper == null ? null : (Organisations.OrganisationKind?)upper.Kind })
            .SingleOrDefaultAsync(cancellationToken);
        if (sponsor is null)
        {
            return Failure.Invalid(nameof(request.OrganisationId), text["Organisation.Missing"]);
        }

        if (!(await scope.UnitsAsync(Permission.ManageSites, cancellationToken)).Contains(request.OrganisationId!.Value))
        {
            return Failure.OutOfScope;
        }

        if (request.Kind != SiteKind.Subsite && !SiteRules.MayHaveOwnSite(sponsor.Kind, sponsor.Above))
        {
            return Failure.Invalid(nameof(request.OrganisationId), text["Organisation.NotAllowed"]);
        }

        if (SiteFacts.CheckAgainst(request, request.Kind, sponsor.RegionCode, text) is { } wrong)
        {
            return wrong;
        }

        var site = Make(request, clock.GetUtcNow());
        db.Sites.Add(site);
        db.Record(scope.Actor.Decides(
            "host.site.opened", "site", site.Id.ToString(), site.Name, clock.GetUtcNow(), site.Id,
            facts: new SortedDictionary<string, string>
            {
                ["approval"] = site.ApprovalNumber!,
                ["domain"] = site.Domains[0].Name,
                ["parent"] = parent.Name,
            }));
        if (await db.TrySaveAsync(cancellationToken, exception => SiteFacts.ConflictOf(exception, text))
            is { } failure)
        {
            return failure;
        }

        await sites.RefreshAsync(cancellationToken);
        return site.Id;
    }

    private static Site Make(OpenSite request, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Key = request.Key!,
        ParentId = request.ParentId,
        OrganisationId = request.OrganisationId!.Value,
        Kind = request.Kind,
        Name = request.Name!.Trim(),
        SiteCode = request.SiteCode.OrNull(),
        IcpNumber = request.IcpNumber.OrNull(),
        PoliceNumber = request.PoliceNumber.OrNull(),
        Phone = request.Phone.OrNull(),
        Email = request.Email.OrNull(),
        Address = request.Address.OrNull(),
        Accent = request.Accent!,
        Emblem = request.Emblem!,
        TrustedHosts = [.. SiteRules.Lines(request.TrustedHosts)],
        ApprovalNumber = request.ApprovalNumber!.Trim(),
        ApprovalAuthority = request.ApprovalAuthority!.Trim(),
        ApprovedOn = request.ApprovedOn,
        ExceptionNumber = request.ExceptionNumber.OrNull(),
        Domains = [.. SiteRules.Lines(request.Domains).Select((name, index) =>
            new SiteDomain { Name = name, IsPrimary = index == 0 })],
    };
}

internal sealed class OpenSiteEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/sites/new", async (
            StaffScope scope, HostDbContext db, ISites sites, CancellationToken cancellationToken) =>
            scope.Actor.Has(Permission.ManageSites)
                ? await PageAsync(new OpenSite(), [], scope, db, sites, cancellationToken)
                : new Refused<OpenSite>(Failure.Forbidden));
        app.MapConsoleForm("/console/sites/new", async (
            [FromForm] OpenSite form,
            StaffScope scope,
            HostDbContext db,
            ISites sites,
            ISender sender,
            CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form, cancellationToken);
            return outcome.Succeeded ? new SeeOther("/console/sites?done=opened")
                : outcome.Failure.Kind == FailureKind.Invalid
                    ? await PageAsync(form, outcome.Failure.Errors, scope, db, sites, cancellationToken)
                : outcome.Failure.Page();
        });
    }

    private static async Task<IResult> PageAsync(
        OpenSite form,
        IReadOnlyList<FieldError> errors,
        StaffScope scope,
        HostDbContext db,
        ISites sites,
        CancellationToken cancellationToken)
    {
        var units = await scope.UnitsAsync(Permission.ManageSites, cancellationToken);
        var organisations = await db.Organisations.AsNoTracking().Where(row => units.Contains(row.Id)).OrderBy(row => row.RegionCode).ThenBy(row => row.Id)
            .Select(row => new Choice(row.Id.ToString(), row.Name + " " + row.RegionCode, null))
            .ToListAsync(cancellationToken);
        var parents = scope.Actor.SitesWith(Permission.ManageSites, sites.All)
            .Select(site => new Choice(site.Id.ToString(), site.Name))
            .ToList();
        return OpenSitePage.Render(form, organisations, parents, errors);
    }
}
