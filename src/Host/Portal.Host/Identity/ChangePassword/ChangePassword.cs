using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Host.Identity.ChangePassword;

/// <summary>My own new password. It ends all my sessions but this one.</summary>
public sealed record ChangePassword : IRequest<Outcome<string>>, IRequirePermission
{
    public static Permission Permission => Permission.UseConsole;

    public string? Current { get; init; }

    public string? New { get; init; }

    public string? Again { get; init; }
}

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator(IStringLocalizer<ChangePasswordPage> text)
    {
        RuleFor(form => form.Current).Filled(200).WithMessage(_ => text["Current.Missing"]);
        RuleFor(form => form.New).Must(password => password is { Length: >= 12 and <= 200 }).WithMessage(_ => text["New.Short"]);
        RuleFor(form => form.Again).Equal(form => form.New).WithMessage(_ => text["Again.Different"]);
    }
}

internal sealed class ChangePasswordHandler(
    HostDbContext db,
    UserManager<Staff> users,
    SessionKeeper sessions,
    ICurrentActor current,
    IHttpContextAccessor accessor,
    IStringLocalizer<ChangePasswordPage> text,
    TimeProvider clock) : IRequestHandler<ChangePassword, Outcome<string>>
{
    /// <summary>Answers the key of the session that replaces this one.</summary>
    public async Task<Outcome<string>> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var actor = current.Actor!;
        var staff = await db.Staff.SingleAsync(row => row.Id == actor.Id, cancellationToken);
        if (!await users.CheckPasswordAsync(staff, request.Current!))
        {
            return Failure.Invalid(nameof(request.Current), text["Current.Wrong"]);
        }

        if (request.New == request.Current)
        {
            return Failure.Invalid(nameof(request.New), text["New.Same"]);
        }

        var changed = await users.ChangePasswordAsync(staff, request.Current!, request.New!);
        if (!changed.Succeeded)
        {
            return Failure.Invalid(nameof(request.New), text["New.Short"]);
        }

        staff.MustChangePassword = false;
        var context = accessor.HttpContext!;
        // A new security stamp has ended every session of the account, this one too.
        var key = sessions.Start(
            staff, context.Features.GetRequiredFeature<SignedIn>().SiteId,
            context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent);
        db.Record(actor.Decides(
            "host.staff.password-changed", "staff", staff.Id.ToString(), staff.Name, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        return key;
    }
}
