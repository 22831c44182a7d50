using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.DescribeCatalog;

/// <summary>
/// The directory as a DCAT catalogue. Each form has an address of its own, so that pages can be cached; <c>/dcat</c> leads to
/// the one that is asked for, people to the page about interfaces.
/// </summary>
internal sealed class DescribeCatalogEndpoint : ICarterModule
{
    private const string People = "developers";

    private static readonly IReadOnlyList<(string MediaType, string Extension)> Forms =
    [
        ("application/ld+json", "jsonld"), ("text/turtle", "ttl"), ("application/rdf+xml", "rdf"),
    ];

    private static readonly IReadOnlyList<(string MediaType, string Target)> Choices =
    [
        .. Forms.Select(form => (form.MediaType, $"{CatalogGraph.Path}.{form.Extension}")),
        ("application/json", CatalogGraph.Path + ".jsonld"),
        ("application/xml", CatalogGraph.Path + ".rdf"),
        ("text/html", People),
    ];

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached("/" + CatalogGraph.Path, Choose).AddEndpointFilter<OpenSiteFilter>();
        foreach (var (mediaType, extension) in Forms)
        {
            app.MapPublicPage(
                $"/{CatalogGraph.Path}.{extension}",
                (HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text) =>
                    AnswerAsync(http, current.Site!, sites, sender, text, mediaType, extension),
                "cursor").AddEndpointFilter<OpenSiteFilter>();
        }
    }

    private static IResult Choose(HttpContext http, ICurrentSite current, ISites sites)
    {
        http.Response.Headers.Vary = "Accept";
        if (TargetOf(http.Request.Headers.Accept) is not { } target)
        {
            return Results.StatusCode(StatusCodes.Status406NotAcceptable);
        }

        http.Response.Headers.Location = sites.AddressOf(current.Site!, target).AbsoluteUri;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Where a visitor with this wish is led; null: there is nothing for them.</summary>
    internal static string? TargetOf(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var wishes))
        {
            return Choices[0].Target;
        }

        return wishes.Where(wish => wish.Quality is null or > 0)
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Choices.FirstOrDefault(choice => new MediaTypeHeaderValue(choice.MediaType).IsSubsetOf(Plain(wish))).Target)
            .FirstOrDefault(target => target is not null);
    }

    // Neither the weight nor a character set makes another form.
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue wish) => new(wish.MediaType.Value!);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, SiteInfo site, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text, string mediaType,
        string extension)
    {
        http.Tag(CacheTags.Directory(site.Id));
        var asked = http.Request.Query["cursor"].ToString();
        var cursor = Cursor.Parse(asked);
        if (asked.Length > 0 && cursor is null)
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        var part = await sender.Send(new DescribeCatalog(site.Id, cursor), http.RequestAborted);
        var nodes = new CatalogGraph(site, sites, text).Of(part, extension, cursor is null ? null : asked);
        return Results.Bytes(
            extension switch
            {
                "ttl" => RdfWriters.Turtle(nodes),
                "rdf" => RdfWriters.Xml(nodes),
                _ => RdfWriters.JsonLd(nodes),
            },
            mediaType + "; charset=utf-8");
    }
}
