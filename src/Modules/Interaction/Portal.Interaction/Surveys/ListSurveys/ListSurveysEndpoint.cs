using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ListSurveys;

/// <summary>The lists of surveys.</summary>
internal sealed class ListSurveysEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/surveys", async (string? set, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var chosen = Enum.TryParse<SurveySet>(set, out var named) && Enum.IsDefined(named) ? named : SurveySet.Active;
            var list = await sender.Send(new ListSurveys(chosen, cursor), cancellationToken);
            return list.Succeeded ? ListSurveysPage.Of(list.Value) : list.Failure.Page();
        });
}
