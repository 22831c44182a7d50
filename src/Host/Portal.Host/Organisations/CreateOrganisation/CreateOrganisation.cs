using System.Text.RegularExpressions;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Organisations.CreateOrganisation;

public sealed record CreateOrganisation : IRequest<Outcome<Done>>, IRequirePermission, IOrganisationFacts
{
    public static Permission Permission => Permission.ManageSites;

    public string? Key { get; init; }

    public Guid? ParentId { get; init; }

    public OrganisationKind Kind { get; init; } = OrganisationKind.Department;

    public string? Name { get; init; }

    public string? ShortName { get; init; }

    public string? RegionCode { get; init; }

    public string? CreditCode { get; init; }

    public string? Address { get; init; }

    public string? Phone { get; init; }
}

internal sealed partial class CreateOrganisationValidator : AbstractValidator<CreateOrganisation>
{
    public CreateOrganisationValidator(IStringLocalizer<OrganisationText> text)
    {
        OrganisationRules.Facts(this, text);
        RuleFor(form => form.Key).Must(key => key is not null && KeyForm().IsMatch(key)).WithMessage(_ => text["Key.Form"]);
        RuleFor(form => form.ParentId).NotNull().WithMessage(_ => text["Parent.Missing"]);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyForm();
}

internal sealed class CreateOrganisationHandler(
    HostDbContext db, StaffScope scope, IStringLocalizer<OrganisationText> text, TimeProvider clock)
    : IRequestHandler<CreateOrganisation, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(CreateOrganisation request, CancellationToken cancellationToken)
    {
        if (await db.Organisations.SingleOrDefaultAsync(row => row.Id == request.ParentId, cancellationToken) is not { } parent)
        {
            return Failure.Invalid(nameof(request.ParentId), text["Parent.Wrong"]);
        }

        if (!(await scope.UnitsAsync(Permission.ManageSites, cancellationToken)).Contains(parent.Id))
        {
            return Failure.OutOfScope;
        }

        if (!OrganisationRules.MayStandUnder(request.Kind, parent.Kind))
        {
            return Failure.Invalid(nameof(request.ParentId), text["Parent.Wrong"]);
        }

        if (OrganisationRules.RegionFault(request.RegionCode!, request.Kind, parent, text) is { } outside)
        {
            return outside;
        }

        var now = clock.GetUtcNow();
        var organisation = new Organisation
        {
            Id = Guid.CreateVersion7(now),
            Key = request.Key!,
            ParentId = parent.Id,
            Kind = request.Kind,
            Name = request.Name!.Trim(),
            ShortName = request.ShortName!.Trim(),
            RegionCode = request.RegionCode!,
            CreditCode = request.CreditCode.OrNull(),
            Address = request.Address.OrNull(),
            Phone = request.Phone.OrNull(),
        };
        db.Organisations.Add(organisation);
        db.Record(scope.Actor.Decides(
            "host.organisation.created", "organisation", organisation.Id.ToString(), organisation.Name, now,
            facts: new SortedDictionary<string, string> { ["kind"] = organisation.Kind.ToString(), ["parent"] = parent.Name }));
        if (await db.TrySaveAsync(cancellationToken, exception => OrganisationConflicts.Of(exception, text))
            is { } failure)
        {
            return failure;
        }

        return Done.Value;
    }
}

internal static class OrganisationConflicts
{
    public static Failure? Of(DbUpdateException exception, IStringLocalizer<OrganisationText> text) =>
        exception.Breaks(OrganisationConfiguration.KeyIndex) ? Failure.Invalid("Key", text["Key.Taken"])
        : exception.Breaks(OrganisationConfiguration.NameIndex) ? Failure.Invalid("Name", text["Name.Taken"])
        : exception.Breaks(OrganisationConfiguration.CreditCodeIndex) ? Failure.Invalid("CreditCode", text["Credit.Taken"])
        : null;

    /// <summary>An empty box is no value.</summary>
    public static string? OrNull(this string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

internal sealed class CreateOrganisationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/organisations/new", async (
            StaffScope scope, HostDbContext db, CancellationToken cancellationToken) =>
            scope.Actor.Has(Permission.ManageSites)
                ? CreateOrganisationPage.Render(new CreateOrganisation(), await ParentsAsync(db, scope, cancellationToken), [])
                : (IResult)new Refused<CreateOrganisation>(Failure.Forbidden));
        app.MapConsoleForm("/console/organisations/new", async (
            [FromForm] CreateOrganisation form,
            HostDbContext db,
            StaffScope scope,
            ISender sender,
            CancellationToken cancellationToken) =>
            (await sender.Send(form, cancellationToken)).Failure switch
            {
                null => new SeeOther("/console/organisations?done=created"),
                { Kind: FailureKind.Invalid } failure =>
                    CreateOrganisationPage.Render(form, await ParentsAsync(db, scope, cancellationToken), failure.Errors),
                var failure => failure.Page(),
            });
    }

    private static async Task<IReadOnlyList<Shared.Ui.Choice>> ParentsAsync(
        HostDbContext db, StaffScope scope, CancellationToken cancellationToken)
    {
        var units = await scope.UnitsAsync(Permission.ManageSites, cancellationToken);
        return await db.Organisations.AsNoTracking()
            .Where(row => units.Contains(row.Id) && row.Kind != OrganisationKind.Department && row.Kind != OrganisationKind.Township)
            .OrderBy(row => row.RegionCode)
            .Select(row => new Shared.Ui.Choice(row.Id.ToString(), row.Name + " " + row.RegionCode, null))
            .ToListAsync(cancellationToken);
    }
}
