using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity.SignIn;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Host.Identity.EnrolTotp;

/// <summary>The first code of a new second factor.</summary>
public sealed record EnrolTotp : IRequest<Outcome<SignInStep>>, IPublicRequest
{
    public string? State { get; init; }

    public string? Code { get; init; }

    public string? Return { get; init; }

    public string? Carried { get; init; }
}

internal sealed class EnrolTotpValidator : AbstractValidator<EnrolTotp>
{
    public EnrolTotpValidator(IStringLocalizer<EnrolTotpPage> text) =>
        RuleFor(form => form.Code).Must(code => code?.Trim() is { Length: 6 } digits && digits.All(char.IsAsciiDigit))
            .WithMessage(_ => text["Code.Form"]);
}

internal sealed class EnrolTotpHandler(
    HostDbContext db,
    Enrolments enrolments,
    IDataProtectionProvider protection,
    SignInHandler signIn,
    IStringLocalizer<EnrolTotpPage> text,
    TimeProvider clock) : IRequestHandler<EnrolTotp, Outcome<SignInStep>>
{
    public async Task<Outcome<SignInStep>> Handle(EnrolTotp request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (enrolments.Open(request.State) is not { } enrolment
            || await db.Staff.SingleOrDefaultAsync(
                row => row.Id == enrolment.StaffId && row.SecurityStamp == enrolment.Stamp && row.DisabledAt == null
                    && row.TotpEnrolledAt == null,
                cancellationToken) is not { } staff)
        {
            return Failure.NotFound;
        }

        if (Totp.Accept(enrolment.Secret, request.Code!.Trim(), now, 0) is not { } step)
        {
            return Failure.Invalid(nameof(request.Code), text["Code.Wrong"]);
        }

        staff.TotpSecret = Convert.ToBase64String(
            protection.CreateProtector(Enrolments.SecretPurpose).Protect(enrolment.Secret));
        staff.TotpEnrolledAt = now;
        staff.TotpLastStep = step;
        db.Record(new Actor(staff.Id, staff.Name, "", []).Decides(
            "host.staff.second-factor-enrolled", "staff", staff.Id.ToString(), staff.Name, now));
        return await signIn.StartAsync(staff, now, cancellationToken);
    }
}
