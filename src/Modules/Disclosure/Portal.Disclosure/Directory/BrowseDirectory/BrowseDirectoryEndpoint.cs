using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.BrowseDirectory;

internal sealed class BrowseDirectoryEndpoint : ICarterModule
{
    public const int LongestText = 100;

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage(
            "/" + RecordPath.Directory, AnswerAsync,
            "q", "number", "index", "site", "subject", "genre", "item", "five", "validity", "year", "from", "to", "cursor")
            .AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(HttpContext http, ICurrentSite current, ISites sites, ISender sender)
    {
        var site = current.Site!;
        if (RequestOf(http.Request.Query, site, sites) is not { } request)
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        http.Tag(CacheTags.Directory(site.Id));
        return BrowseDirectoryPage.Of(request, await sender.Send(request, http.RequestAborted));
    }

    // A value that no list has is an address that nothing is at.
    public static BrowseDirectory? RequestOf(IQueryCollection query, SiteInfo scope, ISites sites)
    {
        var known = true;
        string Text(string key) => query[key].ToString().Trim() is var text && text.Length <= LongestText ? text : text[..LongestText];
        string? Code(string key, Classification list)
        {
            var text = Text(key);
            known &= text.Length == 0 || list.ItemOf(text) is not null;
            return text.Length == 0 ? null : text;
        }

        DateOnly? Day(string key) => DateOnly.TryParseExact(
            Text(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000
            ? day : null;
        var owner = Text("site") is { Length: > 0 } siteKey ? sites.ByKey(siteKey) : null;
        known &= Text("site").Length == 0 || (owner is not null && owner.Path.Contains(scope.Id));
        var year = int.TryParse(Text("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        known &= Text("year").Length == 0 || year is >= DirectoryBrowser.FirstYear and < 9000;
        var cursor = Cursor.Parse(Text("cursor"));
        known &= Text("cursor").Length == 0 || cursor is not null;
        var request = new BrowseDirectory
        {
            ScopeId = scope.Id,
            Title = Text("q"),
            Number = Text("number"),
            Index = Text("index"),
            SiteId = owner?.Id,
            Subject = Code("subject", Classifications.Subjects),
            Genre = Code("genre", Classifications.Genres),
            Item = Code("item", Classifications.StatutoryItems),
            FiveOpenness = Code("five", Classifications.FiveOpenness),
            Validity = Code("validity", Classifications.Validity),
            Year = year > 0 ? year : null,
            From = Day("from"),
            To = Day("to"),
            Cursor = cursor,
        };
        return known ? request : null;
    }
}
