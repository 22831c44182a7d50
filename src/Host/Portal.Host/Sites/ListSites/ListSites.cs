using Carter;
using MediatR;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Sites.ListSites;

public sealed record ListSites : IRequest<Outcome<SiteList>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSite;
}

/// <summary>The sites that I manage.</summary>
public sealed record SiteList(IReadOnlyList<SiteInfo> Sites, bool MayOpen);

internal sealed class ListSitesHandler(ISites sites, ICurrentActor current) : IRequestHandler<ListSites, Outcome<SiteList>>
{
    public Task<Outcome<SiteList>> Handle(ListSites request, CancellationToken cancellationToken)
    {
        var actor = current.Actor!;
        return Task.FromResult<Outcome<SiteList>>(new SiteList(
            actor.SitesWith(Permission.ManageSite, sites.All), actor.Has(Permission.ManageSites)));
    }
}

internal sealed class ListSitesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/sites", async (string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ListSites(), cancellationToken);
            return outcome.Succeeded ? ListSitesPage.Render(outcome.Value, done) : outcome.Failure.Page();
        });
}
