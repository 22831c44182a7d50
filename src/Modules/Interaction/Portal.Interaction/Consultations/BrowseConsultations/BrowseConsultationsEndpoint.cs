using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.BrowseConsultations;

/// <summary>意见征集: running, ended and with a result.</summary>
internal sealed class BrowseConsultationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/consultations", AnswerAsync, "set", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string? set, string? cursor, HttpContext http, ICurrentSite current, ISender sender, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        http.ExpireBy(BeijingTime.StartOf(clock.Today().AddDays(1)), clock);
        var named = Enum.TryParse<PublicSet>(set, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : PublicSet.Open;
        var found = await sender.Send(new BrowseConsultations(named, cursor), cancellationToken);
        return BrowseConsultationsPage.Of(found.Value);
    }
}
