using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Portal.Host.Commands;
using Portal.Host.Identity.Sessions.SweepSessions;
using Portal.Host.Identity.SignIn;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Web;

namespace Portal.Host.Identity;

internal static class StaffIdentity
{
    public static void AddStaffIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<Staff>(options =>
        {
            options.Password.RequiredLength = 12;
            // Length protects; rules about kinds of characters make people write passwords down.
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Password.RequireUppercase = false;
            options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
        });
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        // The transaction is the SaveChanges of the handler, so that the record of a change commits with it.
        services.AddScoped<IUserStore<Staff>>(provider =>
            new UserOnlyStore<Staff, HostDbContext, Guid>(provider.GetRequiredService<HostDbContext>())
            {
                AutoSaveChanges = false,
            });
        services.AddMemoryCache();
        services.AddSingleton<SessionCookie>();
        services.AddScoped<SessionKeeper>();
        services.AddSingleton<CarriedForms>();
        services.AddSingleton<Enrolments>();
        services.AddScoped<StaffScope>();
        services.AddScoped<SignInHandler>();
        services.AddScoped<SignInAnswers>();
        services.AddScoped<SignInThrottle>();
        services.AddScoped<SweepSessions>();
        services.AddScoped<ICurrentActor, CurrentActor>();
        services.AddScoped<IRefusals, Refusals>();
        services.AddScoped<IDemoSeed, DemoProvince>();
        services.AddScoped<IDemoSeed, DemoFriendlyLinks>();
        services.AddScoped<IDemoSeed, DemoChannelGrants>();
        services.AddAuthentication(SessionAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build())
            .AddPolicy(PortalEndpoints.StaffPolicy, policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => context.Resource is HttpContext http
                    && http.Features.Get<SignedIn>() is { Actor.Grants.Count: > 0 }));
        // The limit is counted in the database, for all hosts. This wider fence keeps a flood away from the database.
        var most = 4 * configuration.GetValue("Portal:SignInsPerMinute", SignInThrottle.AddressDefault);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInLinks.Limit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) }));
        });
        services.AddKeyProtection(configuration);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "portal-antiforgery";
            options.Cookie.Path = "/";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = configuration.GetValue<bool>("Portal:Demo")
                ? CookieSecurePolicy.SameAsRequest
                : CookieSecurePolicy.Always;
            options.FormFieldName = CarriedForms.TokenField;
            options.HeaderName = CarriedForms.TokenHeader;
            // The site-wide policy forbids framing already.
            options.SuppressXFrameOptionsHeader = true;
        });
    }
}
