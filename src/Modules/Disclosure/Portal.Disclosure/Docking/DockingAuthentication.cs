using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Shared.Settings;
using Portal.Shared.Throttling;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Docking;

/// <summary>The unit that a signed request comes from, and the credential that it was signed with.</summary>
internal sealed record DockingCaller(DockingCredential Credential, DockedSource Source)
{
    /// <summary>The hash of the body that the signature vouches for.</summary>
    public required string BodyHash { get; init; }

    /// <summary>Whoever signed the request; the policy of the endpoint has seen to it that there is somebody.</summary>
    public static DockingCaller Of(HttpContext http) => http.Features.Get<DockingCaller>()
        ?? throw new InvalidOperationException("The endpoint takes requests that nobody has signed.");
}

/// <summary>
/// Proves who sends a docking request before a byte of its body is read: key, clock and signature. What is refused is
/// answered with the reason, so that an engineer at the other end can mend it.
/// </summary>
internal sealed class DockingAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    DisclosureDbContext db,
    ISettings settings,
    Throttle<DisclosureDbContext> throttle,
    DockingTrail trail,
    TimeProvider clock,
    IStringLocalizer<DockingText> text) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "docking";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private DockingFault? _fault;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (key, time) = (Header(SignedRequests.KeyHeader), Header(SignedRequests.TimeHeader));
        var (hash, signature) = (Header(SignedRequests.HashHeader), Header(SignedRequests.SignatureHeader));
        if (key is null || time is null || hash is null || signature is null)
        {
            return Refuse("signature.missing", text["Fault.signature.missing"]);
        }

        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return Refuse("clock.malformed", text["Fault.clock.malformed"]);
        }

        var found = await (
            from credential in db.DockingCredentials.AsNoTracking()
            join source in db.DockedSources.AsNoTracking() on credential.SourceId equals source.Id
            where credential.KeyId == key
            select new { credential, source }).SingleOrDefaultAsync(Context.RequestAborted);
        if (found is null)
        {
            return Refuse("key.unknown", text["Fault.key.unknown"]);
        }

        // Whatever the key of the batch is, it is signed; whether it may be so is for the endpoint to say.
        var signed = SignedRequests.TextOf(
            Request.Method, Target(), time, Request.Headers[SignedRequests.IdempotencyHeader], hash);
        if (!SignedRequests.Holds(found.credential.PublicKey, signed, signature))
        {
            return await RefuseAsync(found.source, key, new DockingFault(
                StatusCodes.Status401Unauthorized, "signature.wrong", text["Fault.signature.wrong"]));
        }

        // After the signature: who can sign is told the time, and only what was really signed can have been recorded.
        var now = clock.GetUtcNow();
        var sent = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if ((now - sent).Duration() > SignedRequests.Window)
        {
            return await RefuseAsync(found.source, key, new DockingFault(
                StatusCodes.Status401Unauthorized, "clock.differs", text[
                    "Fault.clock.differs", BeijingTime.Machine(sent), BeijingTime.Machine(now), (long)(now - sent).TotalSeconds]));
        }

        if (found.credential.RevokedAt is { } revoked)
        {
            return Refuse("key.revoked", text["Fault.key.revoked", BeijingTime.Minute(revoked)]);
        }

        if (found.credential.ExpiresAt <= now)
        {
            return Refuse("key.expired", text["Fault.key.expired", BeijingTime.Minute(found.credential.ExpiresAt)]);
        }

        await settings.EnsureLoadedAsync(Context.RequestAborted);
        var most = settings.For<DisclosureSettings>(found.source.SiteId).DockingRequestsPerMinute;
        if ((await throttle.TakeAsync("docking", key, most, Minute, Context.RequestAborted)).AgainAt is { } again)
        {
            var wait = (int)Math.Ceiling((again - now).TotalSeconds);
            return await RefuseAsync(found.source, key, new DockingFault(
                StatusCodes.Status429TooManyRequests, "rate.exceeded", text["Fault.rate.exceeded", key, most, wait], wait));
        }

        Context.Features.Set(new DockingCaller(found.credential, found.source) { BodyHash = hash });
        return AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key)], Name)), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (_fault ?? new DockingFault(StatusCodes.Status401Unauthorized, "signature.missing", text["Fault.signature.missing"]))
            .Answer().ExecuteAsync(Context);

    private AuthenticateResult Refuse(string code, string detail)
    {
        _fault = new DockingFault(StatusCodes.Status401Unauthorized, code, detail);
        return AuthenticateResult.Fail(code);
    }

    private async Task<AuthenticateResult> RefuseAsync(DockedSource source, string key, DockingFault fault)
    {
        await trail.RefusedAsync(source, key, fault, Context.RequestAborted);
        _fault = fault;
        return AuthenticateResult.Fail(fault.Code);
    }

    // The target as it was sent: what routing makes of it is not what was signed.
    private string Target() =>
        Context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw
            ? raw
            : Request.PathBase + Request.Path + Request.QueryString;

    private string? Header(string name) =>
        Request.Headers.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= 300 } value] ? value : null;
}
