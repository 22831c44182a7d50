using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.BrowseInterviews;

/// <summary>在线访谈: what is on air, ahead, and was.</summary>
internal sealed class BrowseInterviewsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/interviews", AnswerAsync, "q", "year", "cursor").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, string? q, string? year, string? cursor, ICurrentSite current, ISender sender, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        // Days left are counted anew at midnight.
        http.ExpireBy(BeijingTime.StartOf(BeijingTime.Date(clock.GetUtcNow()).AddDays(1)), clock);
        var request = new BrowseInterviews
        {
            Words = q is { Length: > 100 } ? q[..100] : q ?? "",
            Year = int.TryParse(year, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > 2000 and < 2099 ? number : null,
            Cursor = cursor,
        };
        var found = await sender.Send(request, cancellationToken);
        return BrowseInterviewsPage.Of(request, found.Value);
    }
}
