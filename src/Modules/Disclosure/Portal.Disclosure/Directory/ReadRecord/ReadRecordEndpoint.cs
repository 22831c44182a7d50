using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadRecord;

internal sealed class ReadRecordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/disclosure/records/{id:guid}", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext http, ICurrentSite current, ISender sender)
    {
        http.Tag(CacheTags.DirectoryEntry(id));
        var record = await sender.Send(new ReadRecord(id, current.Site!.Id), http.RequestAborted);
        if (record is null)
        {
            http.Tag(CacheTags.Directory(current.Site.Id));
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        if (record.DocumentId is { } document)
        {
            http.Tag(CacheTags.Document(document));
        }

        foreach (var related in record.Related)
        {
            if (related.EntryId is { } other)
            {
                http.Tag(CacheTags.DirectoryEntry(other));
            }
        }

        return ReadRecordPage.Of(record);
    }
}
