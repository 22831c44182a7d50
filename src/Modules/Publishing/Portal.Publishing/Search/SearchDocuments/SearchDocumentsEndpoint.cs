using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Search.FruitlessSearches;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Search.SearchDocuments;

internal sealed class SearchDocumentsEndpoint : ICarterModule
{
    private const string WholeProvince = "province";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/search", AnswerAsync, "q", "scope", "type", "year", "page")
            .AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISender sender, FruitlessCounter fruitless, IEnumerable<ISearchPlaces> places)
    {
        var query = http.Request.Query;
        var site = current.Site!;
        var typed = query["q"].ToString();
        var request = new SearchDocuments
        {
            Query = SearchTerms.Cut(typed),
            SiteId = query["scope"] == WholeProvince ? null : site.Id,
            Type = query["type"].ToString() is { Length: > 0 } type ? type : null,
            Year = NumberIn(query["year"], 1900, 9000),
            Page = NumberIn(query["page"], 1, 10) ?? 1,
        };
        http.Tag(CacheTags.Site(site.Id), CacheTags.Search);
        var shortened = request.Query.Length < typed.Trim().Length;
        var results = await sender.Send(request, http.RequestAborted);
        // What the page cache answers comes not so far: the same search counts at most once a minute.
        if (results.Count == 0 && request is { Type: null, Year: null, Page: 1 } && HttpMethods.IsGet(http.Request.Method))
        {
            await fruitless.CountAsync(site.Id, request.Query);
        }

        var elsewhere = new List<NavigationEntry>();
        foreach (var place in request.Query.Length > 0 ? places : [])
        {
            elsewhere.AddRange(await place.ForAsync(site, request.Query, http.RequestAborted));
        }

        return SearchDocumentsPage.Of(request, results, elsewhere, shortened);
    }

    private static int? NumberIn(string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : null;
}
