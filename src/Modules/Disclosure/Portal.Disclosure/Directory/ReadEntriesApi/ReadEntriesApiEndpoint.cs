using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory.BrowseDirectory;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadEntriesApi;

/// <summary>
/// The directory as JSON: the same lists and records as the pages, by the same parameters. A page of entries leads to the
/// next by its cursor; a withdrawn entry answers 410 with its number and the reason.
/// </summary>
internal sealed class ReadEntriesApiEndpoint : ICarterModule
{
    private const string Root = "/api/directory/v1/entries";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage(
            Root, ListAsync,
            "q", "number", "index", "site", "subject", "genre", "item", "five", "validity", "year", "from", "to", "cursor")
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage(Root + "/{id:guid}", OneAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Directory(site.Id));
        if (DirectoryQuery.Read(http.Request.Query, site, sites, text) is not { } query)
        {
            return Results.Problem(title: text["Api.Unknown"], statusCode: StatusCodes.Status404NotFound);
        }

        if (query.Errors.Count > 0)
        {
            return Results.ValidationProblem(
                query.Errors.GroupBy(error => error.Field).ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray()),
                title: text["Find.Faults"]);
        }

        var page = await sender.Send(query.Request, http.RequestAborted);
        return Results.Json(
            new EntryListAnswer(
                page.Count, page.CountIsCapped, page.Entries.Older,
                [.. page.Entries.Items.Select(entry => EntryLineAnswer.Of(entry, site, sites))]),
            MessageJson.Options);
    }

    private static async Task<IResult> OneAsync(
        Guid id, HttpContext http, ICurrentSite current, ISites sites, ISender sender, IStringLocalizer<DirectoryText> text)
    {
        var site = current.Site!;
        http.Tag(CacheTags.DirectoryEntry(id));
        var record = await sender.Send(new ReadRecord.ReadRecord(id, site.Id), http.RequestAborted);
        if (record is null)
        {
            http.Tag(CacheTags.Directory(site.Id));
            return Results.Problem(title: text["Api.NotFound"], statusCode: StatusCodes.Status404NotFound);
        }

        if (record.DocumentId is { } document)
        {
            http.Tag(CacheTags.Document(document));
        }

        return Results.Json(
            EntryAnswer.Of(record, site, sites),
            MessageJson.Options,
            statusCode: record.State == EntryState.Withdrawn ? StatusCodes.Status410Gone : StatusCodes.Status200OK);
    }
}
