using Portal.Host.Identity.ChangePassword;
using Portal.Host.Web;

namespace Portal.Host.Identity;

/// <summary>Until a password that somebody else chose is changed, the console is that one form.</summary>
internal sealed class PasswordDuty(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<SignedIn>() is { MustChangePassword: true }
        && context.Request.Path != ChangePasswordEndpoint.Path
        && context.Request.Path != "/console/sign-out"
            ? new SeeOther(ChangePasswordEndpoint.Path).ExecuteAsync(context)
            : next(context);
}
