using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Host.Identity.SignIn;

/// <summary>The sign-in form.</summary>
public sealed record SignIn : IRequest<Outcome<SignInStep>>, IPublicRequest
{
    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? Code { get; init; }

    public string? Return { get; init; }

    /// <summary>A form sent after the session had ended, sealed.</summary>
    public string? Carried { get; init; }
}

/// <summary>What follows: a session, or enrolling the second factor first.</summary>
/// <param name="SessionKey">The key for the cookie.</param>
/// <param name="Enrolment">The sealed state of an enrolment to show.</param>
/// <param name="StaffId">Who it is.</param>
/// <param name="MustChangePassword">The password was chosen by somebody else.</param>
public sealed record SignInStep(string? SessionKey, string? Enrolment, Guid StaffId, bool MustChangePassword);

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator(IStringLocalizer<SignInPage> text)
    {
        RuleFor(form => form.UserName).NotEmpty().WithMessage(_ => text["UserName.Missing"]);
        RuleFor(form => form.Password).NotEmpty().WithMessage(_ => text["Password.Missing"]);
        // Before it reaches a hash that takes its time.
        RuleFor(form => form.UserName).MaximumLength(60).WithMessage(_ => text["Refused"]);
        RuleFor(form => form.Password).MaximumLength(200).WithMessage(_ => text["Refused"]);
    }
}

/// <summary>
/// Whatever is wrong, the answer and its time are the same: an unknown name costs a hash as well, a locked account too.
/// A try is counted before the password is looked at, so that a thousand tries at once are six.
/// </summary>
internal sealed class SignInHandler(
    HostDbContext db,
    IPasswordHasher<Staff> hasher,
    ILookupNormalizer normalizer,
    SessionKeeper sessions,
    Enrolments enrolments,
    IDataProtectionProvider protection,
    IHttpContextAccessor accessor,
    ISites sites,
    IConfiguration configuration,
    IStringLocalizer<SignInPage> text,
    TimeProvider clock) : IRequestHandler<SignIn, Outcome<SignInStep>>
{
    private const int Attempts = 6;
    private static readonly TimeSpan Lock = TimeSpan.FromHours(1);
    private static readonly Staff Nobody = new() { Name = "", OrganisationId = Guid.Empty };
    private static string? _nobodysHash;

    public async Task<Outcome<SignInStep>> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var name = normalizer.NormalizeName(request.UserName!.Trim());
        var staff = await db.Staff.FirstOrDefaultAsync(row => row.NormalizedUserName == name, cancellationToken);
        // For nobody, and for a closed account, the same statement finds no row.
        var mayTry = await TakeAttemptAsync(staff is { DisabledAt: null } ? staff.Id : Guid.Empty, now, cancellationToken);
        var nobodysHash = _nobodysHash ??= hasher.HashPassword(Nobody, Passwords.Generate());
        var hash = staff?.PasswordHash ?? nobodysHash;
        var verified = hasher.VerifyHashedPassword(staff ?? Nobody, hash, request.Password!);
        if (staff is null || !mayTry || verified == PasswordVerificationResult.Failed)
        {
            return await RefuseAsync(staff, now, cancellationToken);
        }

        if (!configuration.GetValue<bool>("Portal:Demo"))
        {
            if (staff.TotpEnrolledAt is null)
            {
                await ClearAttemptsAsync(staff.Id, cancellationToken);
                return new SignInStep(null, enrolments.Begin(staff), staff.Id, staff.MustChangePassword);
            }

            var secret = protection.CreateProtector(Enrolments.SecretPurpose).Unprotect(
                Convert.FromBase64String(staff.TotpSecret!));
            if (Totp.Accept(secret, request.Code?.Trim(), now, staff.TotpLastStep) is not { } step
                || !await UseStepAsync(staff.Id, step, cancellationToken))
            {
                return await RefuseAsync(staff, now, cancellationToken);
            }
        }

        await ClearAttemptsAsync(staff.Id, cancellationToken);
        return await StartAsync(staff, now, cancellationToken);
    }

    /// <summary>Starts the session of a person whose identity is proven.</summary>
    public async Task<SignInStep> StartAsync(Staff staff, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext!;
        var grants = await sessions.GrantsOfAsync(staff.Id, staff.GrantsVersion, cancellationToken);
        var host = context.Features.Get<SiteInfo>();
        var actor = new Actor(staff.Id, staff.Name, "", grants);
        var site = host is not null && actor.Knows(host) ? host : sites.All.FirstOrDefault(actor.Knows);
        var key = sessions.Start(
            staff, site?.Id, context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent);
        var unit = await db.Organisations.Where(row => row.Id == staff.OrganisationId)
            .Select(row => row.Name).SingleAsync(cancellationToken);
        db.Record((actor with { Unit = unit }).Decides(
            "host.session.started", "staff", staff.Id.ToString(), staff.Name, now));
        await db.SaveChangesAsync(cancellationToken);
        return new SignInStep(key, null, staff.Id, staff.MustChangePassword);
    }

    private async Task<bool> TakeAttemptAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = now + Lock;
        return await db.Staff
            .Where(row => row.Id == id && (row.LockoutEnd == null || row.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.LockoutEnd, row =>
                        (row.LockoutEnd == null ? row.AccessFailedCount + 1 : 1) >= Attempts ? end : null)
                    .SetProperty(row => row.AccessFailedCount, row => row.LockoutEnd == null ? row.AccessFailedCount + 1 : 1),
                cancellationToken) == 1;
    }

    private Task<int> ClearAttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        db.Staff.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, 0)
                .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);

    // In the database, so that the same code at two hosts in the same instant is accepted by one.
    private async Task<bool> UseStepAsync(Guid id, long step, CancellationToken cancellationToken) =>
        await db.Staff.Where(row => row.Id == id && row.TotpLastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpLastStep, step), cancellationToken) == 1;

    private async Task<Outcome<SignInStep>> RefuseAsync(
        Staff? staff, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A name that is nobody's may be a password typed into the wrong box: it is not kept.
        db.Record(((Actor?)null).Decides(
            "host.session.refused", "staff", staff?.Id.ToString() ?? "unknown", staff?.Name, now));
        await db.SaveChangesAsync(cancellationToken);
        return Failure.Invalid("", text["Refused"]);
    }
}
