using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Host.Identity.SignIn;
using Portal.Shared.Actors;

namespace Portal.Host.Identity;

/// <summary>
/// Reads the session of a request from a cookie that holds nothing but a random key. The account and its grants are
/// read anew each time, so that what an administrator takes away is gone with the next request.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionCookie cookie,
    CarriedForms carried,
    IConfiguration configuration) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        // Asked for here: a visitor's request has no session and needs no database context for one.
        var sessions = Context.RequestServices.GetRequiredService<SessionKeeper>();
        if (await sessions.FindAsync(key, Context.RequestAborted) is not { } signedIn)
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        Context.Features.Set(signedIn);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(signedIn.Actor), Name));
    }

    /// <summary>The antiforgery token binds itself to this identity.</summary>
    public static ClaimsPrincipal PrincipalOf(Actor actor) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, actor.Id.ToString()), new Claim(ClaimTypes.Name, actor.Name)], Name));

    /// <summary>Nobody is signed in: the sign-in page, and with it what the person had just sent.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Request.Path.StartsWithSegments("/console") || CarriedForms.AsksForNoPage(Request))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (HttpMethods.IsPost(Request.Method))
        {
            var form = await CarriedForms.ReadAsync(Request, Context.RequestAborted);
            var page = SignInPage.Render(
                new SignIn.SignIn { Carried = form is null ? null : carried.Seal(form) },
                configuration.GetValue<bool>("Portal:Demo"),
                status: StatusCodes.Status401Unauthorized);
            await page.ExecuteAsync(Context);
        }
        else
        {
            Response.Redirect(SignInLinks.Page(Request.Path + Request.QueryString));
        }
    }
}

/// <summary>The cookie of a session: for the console alone, never readable by scripts, never sent from other sites.</summary>
internal sealed class SessionCookie(IConfiguration configuration)
{
    // Plain http is for a demo on one's own machine only.
    private readonly bool _secure = !configuration.GetValue<bool>("Portal:Demo");

    private string Name => _secure ? "__Secure-portal-session" : "portal-session";

    public string? Read(HttpRequest request) => request.Cookies[Name];

    public void Write(HttpResponse response, string key) => response.Cookies.Append(Name, key, Options);

    public void Delete(HttpResponse response) => response.Cookies.Delete(Name, Options);

    private CookieOptions Options => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/console",
        SameSite = SameSiteMode.Strict,
        Secure = _secure,
    };
}

internal static class SignInLinks
{
    public const string Path = "/console/sign-in";

    /// <summary>Name of the limit on tries from one address.</summary>
    public const string Limit = "sign-in";

    public static string Page(string returnTo) =>
        returnTo is "/console" or "" ? Path : $"{Path}?return={Uri.EscapeDataString(returnTo)}";

    /// <summary>Only a path of the console may be returned to: never another host (threat 23).</summary>
    public static string SafeReturn(string? returnTo) =>
        returnTo is { Length: < 2000 } && (returnTo == "/console" || returnTo.StartsWith("/console/", StringComparison.Ordinal)
            || returnTo.StartsWith("/console?", StringComparison.Ordinal))
            && !returnTo.Any(char.IsControl)
            && !returnTo.Contains('\\')
            && !returnTo.Contains("//", StringComparison.Ordinal)
            ? returnTo
            : "/console";
}
