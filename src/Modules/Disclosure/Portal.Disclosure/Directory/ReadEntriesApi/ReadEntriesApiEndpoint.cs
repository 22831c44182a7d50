using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Directory.BrowseDirectory;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
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

    private static async Task<IResult> ListAsync(HttpContext http, ICurrentSite current, ISites sites, ISender sender)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Directory(site.Id));
        if (BrowseDirectoryEndpoint.RequestOf(http.Request.Query, site, sites) is not { } request)
        {
            return Results.Problem(title: "A parameter names nothing that the directory has.", statusCode: StatusCodes.Status404NotFound);
        }

        var page = await sender.Send(request, http.RequestAborted);
        return Results.Json(
            new
            {
                count = page.Count,
                countIsCapped = page.CountIsCapped,
                next = page.Entries.Older,
                entries = page.Entries.Items.Select(entry => new
                {
                    id = entry.Id,
                    indexNumber = entry.IndexNumber,
                    title = entry.Title,
                    description = entry.Description,
                    publisher = entry.OrganisationName,
                    documentNumber = entry.DocumentNumber,
                    writtenOn = entry.WrittenOn,
                    publishedAt = BeijingTime.Machine(entry.PublishedAt),
                    updatedAt = BeijingTime.Machine(entry.UpdatedAt),
                    genre = entry.Genre,
                    validity = entry.Validity,
                    state = entry.State,
                    address = sites.AddressOf(site, RecordPath.Of(entry.Id)),
                }),
            },
            MessageJson.Options);
    }

    private static async Task<IResult> OneAsync(Guid id, HttpContext http, ICurrentSite current, ISites sites, ISender sender)
    {
        var site = current.Site!;
        http.Tag(CacheTags.DirectoryEntry(id));
        var record = await sender.Send(new ReadRecord.ReadRecord(id, site.Id), http.RequestAborted);
        if (record is null)
        {
            http.Tag(CacheTags.Directory(site.Id));
            return Results.Problem(title: "The directory of this site has no such entry.", statusCode: StatusCodes.Status404NotFound);
        }

        if (record.DocumentId is { } document)
        {
            http.Tag(CacheTags.Document(document));
        }

        var withdrawn = record.State == EntryState.Withdrawn;
        return Results.Json(
            new
            {
                id = record.Id,
                indexNumber = record.IndexNumber,
                state = record.State,
                reason = record.Reason,
                updatedAt = BeijingTime.Machine(record.UpdatedAt),
                profile = MetadataProfile.Current.Version,
                metadata = withdrawn ? null : record.Metadata,
                codeVersions = withdrawn ? null : record.CodeVersions,
                text = withdrawn ? null : record.Document?.Text ?? record.Body,
                related = withdrawn ? [] : record.Related.Select(other => new
                {
                    kind = other.Kind,
                    inverse = other.Inverse,
                    other = other.Other,
                    entryId = other.EntryId,
                    title = other.Title,
                    effectiveOn = other.EffectiveOn,
                }),
                address = sites.AddressOf(site, RecordPath.Of(record.Id)),
            },
            MessageJson.Options,
            statusCode: withdrawn ? StatusCodes.Status410Gone : StatusCodes.Status200OK);
    }
}
