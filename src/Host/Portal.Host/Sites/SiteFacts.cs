using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Host.Sites;

/// <summary>What a site's people may change of it.</summary>
public interface ISiteFacts
{
    string? Name { get; }

    /// <summary>One a line; the first is the primary.</summary>
    string? Domains { get; }

    string? SiteCode { get; }

    string? IcpNumber { get; }

    string? PoliceNumber { get; }

    string? Phone { get; }

    string? Email { get; }

    string? Address { get; }

    string? Accent { get; }

    string? Emblem { get; }

    string? TrustedHosts { get; }
}

internal static class SiteFacts
{
    public static void Check<T>(AbstractValidator<T> validator, IStringLocalizer<SiteText> text)
        where T : ISiteFacts
    {
        validator.RuleFor(form => form.Name).NotEmpty().WithMessage(_ => text["Name.Missing"])
            .MaximumLength(100).WithMessage(_ => text["Name.Long"]);
        validator.RuleFor(form => form.Domains).Custom((typed, context) =>
        {
            var names = SiteRules.Lines(typed);
            if (names.Count is 0 or > SiteRules.MostDomains)
            {
                context.AddFailure(text[names.Count == 0 ? "Domains.Missing" : "Domains.Many"]);
            }
            else if (names.FirstOrDefault(name => !SiteRules.IsDomain(name)) is { } wrong)
            {
                context.AddFailure(text["Domains.Form", wrong]);
            }
        });
        validator.RuleFor(form => form.Accent).Must(SiteRules.IsAccent).WithMessage(_ => text["Accent.Form"]);
        validator.RuleFor(form => form.Emblem).Must(emblem => SiteRules.Emblems.Contains(emblem))
            .WithMessage(_ => text["Emblem.Form"]);
        validator.RuleFor(form => form.Email).EmailAddress().When(form => !string.IsNullOrWhiteSpace(form.Email))
            .WithMessage(_ => text["Email.Form"]);
        validator.RuleFor(form => form.TrustedHosts).Custom((typed, context) =>
        {
            if (SiteRules.Lines(typed).FirstOrDefault(host => !SiteRules.IsHost(host)) is { } wrong)
            {
                context.AddFailure(text["Hosts.Form", wrong]);
            }
        });
        validator.RuleFor(form => form.IcpNumber).MaximumLength(60).WithMessage(_ => text["Long"]);
        validator.RuleFor(form => form.PoliceNumber).MaximumLength(60).WithMessage(_ => text["Long"]);
        validator.RuleFor(form => form.Phone).MaximumLength(40).WithMessage(_ => text["Long"]);
        validator.RuleFor(form => form.Email).MaximumLength(100).WithMessage(_ => text["Long"]);
        validator.RuleFor(form => form.Address).MaximumLength(200).WithMessage(_ => text["Long"]);
    }

    /// <summary>Rules that need the sponsor or the kind; null when all hold.</summary>
    public static Failure? CheckAgainst(
        ISiteFacts form, Portal.Shared.Sites.SiteKind kind, string region, IStringLocalizer<SiteText> text)
    {
        if (!SiteRules.IsPrimaryDomain(SiteRules.Lines(form.Domains)[0], kind))
        {
            return Failure.Invalid(
                nameof(form.Domains),
                text[kind == Portal.Shared.Sites.SiteKind.Portal ? "Domains.Portal" : "Domains.Department"]);
        }

        return !string.IsNullOrWhiteSpace(form.SiteCode) && !SiteRules.IsSiteCode(form.SiteCode.Trim(), region)
            ? Failure.Invalid(nameof(form.SiteCode), text["Code.Form", region])
            : null;
    }

    /// <summary>Which rule the database kept; null when it was none of these.</summary>
    public static Failure? ConflictOf(DbUpdateException exception, IStringLocalizer<SiteText> text) =>
        exception.Breaks(SiteConfiguration.KeyIndex) ? Failure.Invalid("Key", text["Key.Taken"])
        : exception.Breaks(SiteConfiguration.CodeIndex) ? Failure.Invalid("SiteCode", text["Code.Taken"])
        : exception.Breaks(SiteConfiguration.OneOfOrganisationIndex)
            ? Failure.Invalid("OrganisationId", text["Organisation.Taken"])
        : exception.Breaks("pk_site_domains") ? Failure.Invalid("Domains", text["Domains.Taken"])
        : null;
}
