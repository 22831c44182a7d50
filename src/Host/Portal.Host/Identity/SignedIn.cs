using Portal.Shared.Actors;

namespace Portal.Host.Identity;

/// <summary>What the session of this request says; a feature of the HTTP context.</summary>
internal sealed record SignedIn(Guid SessionId, Actor Actor, Guid? SiteId, bool MustChangePassword);

internal sealed class CurrentActor(IHttpContextAccessor accessor) : ICurrentActor
{
    public Actor? Actor => accessor.HttpContext?.Features.Get<SignedIn>()?.Actor;
}
