using FluentValidation;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;

namespace Portal.Host.Organisations;

/// <summary>Rules of the tree and of the codes.</summary>
internal static class OrganisationRules
{
    /// <summary>省 → 市(州) → 县(市、区) → 乡镇; a department stands under any government.</summary>
    public static bool MayStandUnder(OrganisationKind kind, OrganisationKind parent) => kind switch
    {
        OrganisationKind.Province => false,
        OrganisationKind.Prefecture => parent == OrganisationKind.Province,
        // A county directly under the province exists (省直管县).
        OrganisationKind.County => parent is OrganisationKind.Prefecture or OrganisationKind.Province,
        OrganisationKind.Department =>
            parent is OrganisationKind.Province or OrganisationKind.Prefecture or OrganisationKind.County,
        OrganisationKind.Township => parent == OrganisationKind.County,
        _ => false,
    };

    /// <summary>
    /// GB/T 2260: two digits name the province, four the prefecture, six the county. A unit's code lies within its
    /// parent's region; a department serves the whole region of its government and takes that code itself.
    /// </summary>
    public static bool IsRegionWithin(
        string code, OrganisationKind kind, string parentCode, OrganisationKind parent) =>
        code.StartsWith(RegionStem(kind, parentCode, parent), StringComparison.Ordinal);

    /// <summary>What is wrong with a code below a parent; null when it lies within the parent's region.</summary>
    public static Failure? RegionFault(
        string code, OrganisationKind kind, Organisation parent, IStringLocalizer<OrganisationText> text) =>
        IsRegionWithin(code, kind, parent.RegionCode, parent.Kind) ? null
        : Failure.Invalid(nameof(IOrganisationFacts.RegionCode), kind == OrganisationKind.Department
            ? text["Region.Department", parent.Name, parent.RegionCode]
            : text["Region.Outside", parent.Name, parent.RegionCode, RegionStem(kind, parent.RegionCode, parent.Kind)]);

    private static string RegionStem(OrganisationKind kind, string parentCode, OrganisationKind parent) =>
        (kind, parent) switch
        {
            (OrganisationKind.Department, _) => parentCode,
            (_, OrganisationKind.Province) => parentCode[..2],
            (_, OrganisationKind.Prefecture) => parentCode[..4],
            _ => parentCode,
        };

    public static void Facts<T>(AbstractValidator<T> validator, IStringLocalizer<OrganisationText> text)
        where T : IOrganisationFacts
    {
        validator.RuleFor(form => form.Name).NotEmpty().WithMessage(_ => text["Name.Missing"])
            .MaximumLength(100).WithMessage(_ => text["Name.Long"]);
        validator.RuleFor(form => form.ShortName).NotEmpty().WithMessage(_ => text["ShortName.Missing"])
            .MaximumLength(50).WithMessage(_ => text["ShortName.Long"]);
        validator.RuleFor(form => form.RegionCode)
            .Must(code => code is { Length: 6 } && code.All(char.IsAsciiDigit)).WithMessage(_ => text["Region.Form"]);
        validator.RuleFor(form => form.CreditCode)
            .Must(code => string.IsNullOrWhiteSpace(code) || CreditCode.IsValid(code.Trim()))
            .WithMessage(_ => text["Credit.Form"]);
        validator.RuleFor(form => form.Address).MaximumLength(200).WithMessage(_ => text["Long"]);
        validator.RuleFor(form => form.Phone).MaximumLength(40).WithMessage(_ => text["Long"]);
    }
}

/// <summary>What may be changed of an organisation.</summary>
public interface IOrganisationFacts
{
    string? Name { get; }

    string? ShortName { get; }

    string? RegionCode { get; }

    string? CreditCode { get; }

    string? Address { get; }

    string? Phone { get; }
}
