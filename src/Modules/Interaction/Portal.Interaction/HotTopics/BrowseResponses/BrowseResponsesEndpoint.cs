using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.BrowseResponses;

/// <summary>回应关切: what people cared about and what was answered.</summary>
internal sealed class BrowseResponsesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/responses", AnswerAsync, "kind", "unit", "month", "q", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, string? kind, string? unit, string? month, string? q, string? cursor, ISender sender,
        CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        var request = new BrowseResponses
        {
            Kind = ListLettersEndpoint.Named<TopicAnswerKind>(kind),
            Unit = unit ?? "",
            Month = DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
                && first.Year is >= 2000 and < 2100 ? first : null,
            Words = q is { Length: <= BrowseResponses.LongestWords } ? q : q?[..BrowseResponses.LongestWords] ?? "",
            Cursor = cursor,
        };
        var page = await sender.Send(request, cancellationToken);
        return page.Succeeded ? BrowseResponsesPage.Of(request, page.Value) : MessagePage.Of(page.Failure.Status());
    }
}
