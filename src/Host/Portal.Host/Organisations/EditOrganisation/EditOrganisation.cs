using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Host.Organisations.CreateOrganisation;
using Portal.Host.Sites;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Organisations.EditOrganisation;

public sealed record EditOrganisation : IRequest<Outcome<Done>>, IRequirePermission, IOrganisationFacts
{
    public static Permission Permission => Permission.ManageSites;

    public Guid Id { get; init; }

    /// <summary>The version that the form was filled in from.</summary>
    public uint Version { get; init; }

    public string? Name { get; init; }

    public string? ShortName { get; init; }

    public string? RegionCode { get; init; }

    public string? CreditCode { get; init; }

    public string? Address { get; init; }

    public string? Phone { get; init; }
}

internal sealed class EditOrganisationValidator : AbstractValidator<EditOrganisation>
{
    public EditOrganisationValidator(IStringLocalizer<OrganisationText> text) => OrganisationRules.Facts(this, text);
}

internal sealed class EditOrganisationHandler(
    HostDbContext db,
    StaffScope scope,
    SiteDirectory sites,
    IStringLocalizer<OrganisationText> text,
    TimeProvider clock) : IRequestHandler<EditOrganisation, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EditOrganisation request, CancellationToken cancellationToken)
    {
        if (await db.Organisations.SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } organisation)
        {
            return Failure.NotFound;
        }

        if (!(await scope.UnitsAsync(Permission.ManageSites, cancellationToken)).Contains(organisation.Id))
        {
            return Failure.OutOfScope;
        }

        // A code from before this rule may stay while something else is changed.
        if (request.RegionCode != organisation.RegionCode
            && await db.Organisations.SingleOrDefaultAsync(row => row.Id == organisation.ParentId, cancellationToken)
                is { } parent
            && OrganisationRules.RegionFault(request.RegionCode!, organisation.Kind, parent, text) is { } outside)
        {
            return outside;
        }

        var facts = new SortedDictionary<string, string> { ["name.before"] = organisation.Name };
        db.Entry(organisation).Property(row => row.Version).OriginalValue = request.Version;
        organisation.Name = request.Name!.Trim();
        organisation.ShortName = request.ShortName!.Trim();
        organisation.RegionCode = request.RegionCode!;
        organisation.CreditCode = request.CreditCode.OrNull();
        organisation.Address = request.Address.OrNull();
        organisation.Phone = request.Phone.OrNull();
        db.Record(scope.Actor.Decides(
            "host.organisation.edited", "organisation", organisation.Id.ToString(), organisation.Name, clock.GetUtcNow(),
            facts: facts));
        if (await db.TrySaveAsync(cancellationToken, exception => OrganisationConflicts.Of(exception, text))
            is { } failure)
        {
            return failure;
        }

        await sites.RefreshAsync(cancellationToken);
        return Done.Value;
    }
}

internal sealed class EditOrganisationEndpoint : ICarterModule
{
    private const string Route = "/console/organisations/{id:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (
            Guid id, StaffScope scope, HostDbContext db, CancellationToken cancellationToken) =>
            !scope.Actor.Has(Permission.ManageSites) ? new Refused<EditOrganisation>(Failure.Forbidden)
            : await FormOfAsync(db, id, cancellationToken) is not { } form ? Failure.NotFound.Page()
            : (await scope.UnitsAsync(Permission.ManageSites, cancellationToken)).Contains(id)
                ? EditOrganisationPage.Render(form, [])
            : new Refused<EditOrganisation>(
                Failure.OutOfScope with { About = new("organisation", id.ToString(), form.Name ?? "") }));
        app.MapConsoleForm(Route, async (
            Guid id,
            [FromForm] EditOrganisation form,
            HostDbContext db,
            ISender sender,
            CancellationToken cancellationToken) =>
        {
            form = form with { Id = id };
            var failure = (await sender.Send(form, cancellationToken)).Failure;
            switch (failure)
            {
                case null:
                    return new SeeOther("/console/organisations?done=edited");
                case { Kind: FailureKind.Invalid }:
                    return EditOrganisationPage.Render(form, failure.Errors);
                case { Kind: FailureKind.Conflict }:
                    // What was typed stays; saving again is a decision in the knowledge of the other change.
                    var now = await FormOfAsync(db, id, cancellationToken);
                    return EditOrganisationPage.Render(form with { Version = now?.Version ?? 0 }, [], conflict: true);
                default:
                    return failure.Page();
            }
        });
    }

    private static Task<EditOrganisation?> FormOfAsync(HostDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Organisations.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new EditOrganisation
            {
                Id = row.Id,
                Version = row.Version,
                Name = row.Name,
                ShortName = row.ShortName,
                RegionCode = row.RegionCode,
                CreditCode = row.CreditCode,
                Address = row.Address,
                Phone = row.Phone,
            })
            .SingleOrDefaultAsync(cancellationToken);
}
