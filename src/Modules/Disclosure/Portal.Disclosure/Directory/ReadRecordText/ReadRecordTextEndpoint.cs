using System.Text;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory.ReadRecord;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadRecordText;

/// <summary>A record as a plain text file (R-10 下载).</summary>
internal sealed class ReadRecordTextEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/disclosure/records/{id:guid}.txt", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        Guid id, HttpContext http, ICurrentSite current, ISender sender, IStringLocalizer<DirectoryText> text)
    {
        http.Tag(CacheTags.DirectoryEntry(id));
        var record = await sender.Send(new ReadRecord.ReadRecord(id, current.Site!.Id), http.RequestAborted);
        if (record?.DocumentId is { } document)
        {
            http.Tag(CacheTags.Document(document));
        }

        return record switch
        {
            null or { OnRequest: true } => MessagePage.Of(StatusCodes.Status404NotFound),
            { State: EntryState.Withdrawn } => MessagePage.Of(StatusCodes.Status410Gone, record.Reason),
            _ => Results.File(
                Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(record, text))).ToArray(),
                "text/plain; charset=utf-8",
                NameOf(record)),
        };
    }

    private static string Write(RecordView record, IStringLocalizer<DirectoryText> text)
    {
        var file = new StringBuilder();
        file.Append(record.Title).Append("\r\n\r\n");
        foreach (var (element, value) in MetadataValues.Shown(record.Metadata, record.CodeVersions, text)
            .Where(row => row.Element.Key is not ("title" or "history")))
        {
            file.Append(text.Label(element.Key)).Append('：').Append(value.ReplaceLineEndings("\r\n")).Append("\r\n");
        }

        file.Append("\r\n").Append((record.Document?.Text ?? record.Body ?? "").ReplaceLineEndings("\r\n")).Append("\r\n");
        return file.ToString();
    }

    // A title may hold what a file system does not take.
    private static string NameOf(RecordView record)
    {
        var name = string.Concat(record.Title.Where(character => !char.IsControl(character) && !"\\/:*?\"<>|".Contains(character)));
        return name.CutTo(80) + ".txt";
    }
}
