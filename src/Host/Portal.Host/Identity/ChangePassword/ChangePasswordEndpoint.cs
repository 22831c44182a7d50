using Carter;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Portal.Host.Web;
using Portal.Shared.Web;

namespace Portal.Host.Identity.ChangePassword;

internal sealed class ChangePasswordEndpoint : ICarterModule
{
    public const string Path = "/console/account/password";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Path, (HttpContext context) =>
            ChangePasswordPage.Render(context.Features.GetRequiredFeature<SignedIn>().MustChangePassword, []));
        app.MapConsoleForm(Path, async (
            [FromForm] ChangePassword form,
            HttpContext context,
            ISender sender,
            SessionCookie cookie,
            CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form, cancellationToken);
            if (!outcome.Succeeded)
            {
                return ChangePasswordPage.Render(
                    context.Features.GetRequiredFeature<SignedIn>().MustChangePassword, outcome.Failure.Errors);
            }

            cookie.Write(context.Response, outcome.Value);
            return (IResult)new SeeOther("/console/account?done=password");
        }).WithMetadata(new SecretFormAttribute());
    }
}
