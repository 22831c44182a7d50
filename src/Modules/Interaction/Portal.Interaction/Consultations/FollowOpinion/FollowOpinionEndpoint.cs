using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.FollowOpinion;

/// <summary>查询意见办理情况: number and code are only ever posted; the page they open is the answer to the form.</summary>
internal sealed class FollowOpinionEndpoint : ICarterModule
{
    private const string Route = "/consultations/follow";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, () => FollowOpinionPage.Of(new FollowOpinion(), [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> ShowAsync(
        IFormCollection form, HttpContext context, ISender sender, CodeLookup lookup, CancellationToken cancellationToken)
    {
        var request = new FollowOpinion
        {
            Number = form.Text("Number"),
            Code = form.Text("Code"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var found = await sender.Send(request, cancellationToken);
        if (found.Succeeded)
        {
            return FollowedOpinionPage.Of(found.Value);
        }

        var (errors, status) = lookup.Said(context, found.Failure);
        return FollowOpinionPage.Of(request with { Code = "" }, errors, status);
    }
}
