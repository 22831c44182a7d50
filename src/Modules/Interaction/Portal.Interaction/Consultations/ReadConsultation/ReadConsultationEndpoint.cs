using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ReadConsultation;

/// <summary>A consultation: background, draft by clauses, ways to say something.</summary>
internal sealed class ReadConsultationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/consultations/{key}", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string key, HttpContext http, ICurrentSite current, ISender sender, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        http.ExpireBy(BeijingTime.StartOf(clock.Today().AddDays(1)), clock);
        var found = await sender.Send(new ReadConsultation(key), cancellationToken);
        if (!found.Succeeded)
        {
            return Results.StatusCode(found.Failure.Status());
        }

        http.Tag(CacheTags.Activity(found.Value.Id));
        return ReadConsultationPage.Of(found.Value);
    }
}
