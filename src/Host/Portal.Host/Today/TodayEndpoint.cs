using Carter;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Host.Today;

/// <summary>The first page after sign-in: what waits for me, what is due, what went wrong.</summary>
internal sealed class TodayEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console", async (
            ICurrentActor current,
            ICurrentSite site,
            IEnumerable<ITodayCards> modules,
            CancellationToken cancellationToken) =>
        {
            List<TodayCard> cards = [];
            foreach (var module in modules.OrderBy(module => module.Order))
            {
                cards.AddRange(await module.CardsAsync(current.Actor!, site.Site, cancellationToken));
            }

            return TodayPage.Render(current.Actor!.Name, cards);
        });
        app.MapConsolePage("/console/help", () => HelpPage.Render());
    }
}
