using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.EditEntry;

internal sealed class EditEntryEndpoint : ICarterModule
{
    private const string Route = "/console/disclosure/entries/{id:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (Guid id, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadEntry(id), cancellationToken);
            return read.Succeeded ? EditEntryPage.Of(read.Value, done) : read.Failure.Page();
        });
        app.MapConsoleForm(Route, async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new EditEntry
            {
                Id = id,
                Version = form.Number("Version"),
                Values = MetadataForm.Read(form),
                Body = form["Body"].ToString(),
            };
            var edited = await sender.Send(request, cancellationToken);
            return edited.Succeeded
                ? Results.LocalRedirect($"/console/disclosure/proposals/{edited.Value}?done=submitted")
                : await AgainAsync(id, edited.Failure, sender, cancellationToken, request);
        });
    }

    /// <summary>The page again with what was typed.</summary>
    public static async Task<IResult> AgainAsync(
        Guid id, Failure failure, ISender sender, CancellationToken cancellationToken, EditEntry? typed = null, string reason = "",
        OverlayEntry.OverlayEntry? overlay = null)
    {
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return failure.Page();
        }

        var read = await sender.Send(new ReadEntry(id), cancellationToken);
        return read.Succeeded ? EditEntryPage.Of(read.Value, null, typed, reason, failure, overlay) : read.Failure.Page();
    }
}
