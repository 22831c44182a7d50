using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.BrowsePublishedLetters;

/// <summary>来信公开: what was asked and answered.</summary>
internal sealed class BrowsePublishedLettersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/letters/published", AnswerAsync, "mailbox", "kind", "unit", "year", "q", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, string? mailbox, string? kind, string? unit, string? year, string? q, string? cursor, ISender sender,
        CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Letters(current.Site!.Id));
        var request = new BrowsePublishedLetters
        {
            Mailbox = mailbox ?? "",
            Kind = ListLettersEndpoint.Named<LetterKind>(kind),
            Unit = unit ?? "",
            Year = int.TryParse(year, out var number) && number is >= 2000 and < 2100 ? number : null,
            Words = q is { Length: <= BrowsePublishedLetters.LongestWords } ? q : q?[..BrowsePublishedLetters.LongestWords] ?? "",
            Cursor = cursor,
        };
        var page = await sender.Send(request, cancellationToken);
        return page.Succeeded ? BrowsePublishedLettersPage.Of(request, page.Value) : MessagePage.Of(page.Failure.Status());
    }
}
