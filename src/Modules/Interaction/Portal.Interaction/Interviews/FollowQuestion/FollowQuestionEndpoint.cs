using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.FollowQuestion;

/// <summary>查询提问: number and code are only ever posted; the page they open is the answer to the form.</summary>
internal sealed class FollowQuestionEndpoint : ICarterModule
{
    private const string Route = "/interviews/questions/follow";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, () => FollowQuestionPage.Of(new FollowQuestion(), null, [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> ShowAsync(
        IFormCollection form, HttpContext context, ISender sender, CodeLookup lookup, CancellationToken cancellationToken)
    {
        var request = new FollowQuestion
        {
            Number = form.Text("Number"),
            Code = form.Text("Code"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var found = await sender.Send(request, cancellationToken);
        if (found.Succeeded)
        {
            return FollowQuestionPage.Of(request with { Code = "" }, found.Value, [], StatusCodes.Status200OK);
        }

        var (errors, status) = lookup.Said(context, found.Failure);
        return FollowQuestionPage.Of(request with { Code = "" }, null, errors, status);
    }
}
