using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.ReadPublishedLetter;

/// <summary>A public letter: 受理日期、答复日期、答复部门、答复内容 (G-31).</summary>
internal sealed class ReadPublishedLetterEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/letters/published/{number}", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, string number, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Letters(current.Site!.Id));
        var letter = await sender.Send(new ReadPublishedLetter(number), cancellationToken);
        return letter.Succeeded ? ReadPublishedLetterPage.Of(letter.Value) : MessagePage.Of(letter.Failure.Status());
    }
}
