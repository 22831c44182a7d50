using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ReadResponse;

/// <summary>A response: what was asked, the facts, who is responsible, when.</summary>
internal sealed class ReadResponseEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/responses/{number}", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, string number, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        var response = await sender.Send(new ReadResponse(number), cancellationToken);
        return response.Succeeded ? ReadResponsePage.Of(response.Value) : MessagePage.Of(response.Failure.Status());
    }
}
