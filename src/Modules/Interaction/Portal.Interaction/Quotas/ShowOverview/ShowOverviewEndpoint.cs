using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Quotas.ShowOverview;

/// <summary>互动概况: the yearly quotas of the opinion's art. 4, kept or not, for everybody to see.</summary>
internal sealed class ShowOverviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/interaction-overview", AnswerAsync, "year", "after").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, string? year, string? after, ICurrentSite current, ISender sender, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id), CacheTags.Province);
        // At midnight what opens that day counts.
        http.ExpireBy(BeijingTime.StartOf(BeijingTime.Date(clock.GetUtcNow()).AddDays(1)), clock);
        int? wanted = year is null ? null : int.TryParse(year, out var number) ? number : 0;
        var found = await sender.Send(new ShowOverview(wanted, after), cancellationToken);
        return found.Succeeded ? ShowOverviewPage.Of(found.Value) : Results.NotFound();
    }
}
