using Carter;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Identity.ChooseSite;

/// <summary>The site that I work on from now on.</summary>
public sealed record ChooseSite : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.UseConsole;

    public Guid SiteId { get; init; }

    public string? Return { get; init; }
}

internal sealed class ChooseSiteHandler(
    HostDbContext db, ISites sites, ICurrentActor current, IHttpContextAccessor accessor)
    : IRequestHandler<ChooseSite, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChooseSite request, CancellationToken cancellationToken)
    {
        if (sites.ById(request.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!current.Actor!.Knows(site))
        {
            return Failure.OutOfScope;
        }

        var session = accessor.HttpContext!.Features.GetRequiredFeature<SignedIn>().SessionId;
        await db.Sessions.Where(row => row.Id == session)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SiteId, site.Id), cancellationToken);
        return Done.Value;
    }
}

internal sealed class ChooseSiteEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsoleForm("/console/current-site", async (
            [FromForm] ChooseSite form, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(form, cancellationToken)).Failure is { } failure
                ? failure.Page()
                : new SeeOther(SignInLinks.SafeReturn(form.Return)));

        app.MapConsolePage("/console/my-sites", (ICurrentActor current, ISites sites, string? q) =>
        {
            var mine = sites.All.Where(site => current.Actor!.Knows(site));
            var wanted = q?.Trim();
            return ChooseSitePage.Render(
                wanted,
                string.IsNullOrEmpty(wanted)
                    ? [.. mine]
                    : [.. mine.Where(site => site.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
                        || site.SiteCode == wanted || site.Key == wanted)]);
        });
    }
}
