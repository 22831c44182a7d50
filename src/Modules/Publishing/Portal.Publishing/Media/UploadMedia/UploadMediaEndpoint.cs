using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Media.ListMedia;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Media.UploadMedia;

/// <summary>Takes a file from the library's form or from the editor, which asks for JSON.</summary>
internal sealed class UploadMediaEndpoint : ICarterModule
{
    // Above the largest cap that the settings allow; the caps themselves are the settings'.
    private const long LargestForm = 220L * 1024 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/media", AnswerAsync)
            .WithFormOptions(multipartBodyLengthLimit: LargestForm)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));

    private static async Task<IResult> AnswerAsync(
        string? edition, IFormCollection form, HttpRequest request, ISender sender, IStringLocalizer<MediaText> text,
        CancellationToken cancellationToken)
    {
        // A file that was meant for an edition must not end up in the library of whichever site is chosen.
        if (!string.IsNullOrEmpty(edition) && !Guid.TryParse(edition, out _))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var file = form.Files.GetFile("file");
        await using var content = file?.OpenReadStream() ?? Stream.Null;
        var taken = await sender.Send(
            new UploadMedia
            {
                EditionId = Guid.TryParse(edition, out var id) ? id : null,
                Name = file?.FileName ?? "",
                Content = content,
            },
            cancellationToken);
        if (request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return taken.Succeeded
                ? Results.Json(new
                {
                    mediaId = taken.Value.Id,
                    src = $"/console/media/{taken.Value.Id}",
                    name = taken.Value.Name,
                    size = taken.Value.Size,
                    mediaType = taken.Value.MediaType,
                    width = taken.Value.Width,
                    height = taken.Value.Height,
                })
                : taken.Failure.Problem(text["Upload.Refused"]);
        }

        if (taken.Succeeded)
        {
            return Results.LocalRedirect("/console/media?done=uploaded");
        }

        if (taken.Failure.Kind != FailureKind.Invalid)
        {
            return taken.Failure.Page();
        }

        var library = await sender.Send(new ListMedia.ListMedia(), cancellationToken);
        return library.Succeeded
            ? ListMediaPage.Of(new ListMedia.ListMedia(), library.Value, errors: taken.Failure.Errors)
            : library.Failure.Page();
    }
}
