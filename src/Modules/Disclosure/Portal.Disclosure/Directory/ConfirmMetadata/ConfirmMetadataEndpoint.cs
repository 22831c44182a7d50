using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ConfirmMetadata;

internal sealed class ConfirmMetadataEndpoint : ICarterModule
{
    private const string Route = "/console/disclosure/documents/{id:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (Guid id, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadMetadata(id), cancellationToken);
            return read.Succeeded ? ConfirmMetadataPage.Of(read.Value, done) : read.Failure.Page();
        });
        app.MapConsoleForm(Route, KeepAsync);
    }

    private static async Task<IResult> KeepAsync(
        Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var request = new ConfirmMetadata
        {
            DocumentId = id,
            Values = MetadataForm.Read(form),
            Confirm = form.Text("act") == "confirm",
            Version = form.Number("Version"),
            FactsHash = form.Text("FactsHash"),
        };
        var kept = await sender.Send(request, cancellationToken);
        if (kept.Succeeded)
        {
            return Results.LocalRedirect($"/console/disclosure/documents/{id}?done={(request.Confirm ? "confirmed" : "saved")}");
        }

        if (kept.Failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return kept.Failure.Page();
        }

        var read = await sender.Send(new ReadMetadata(id), cancellationToken);
        return read.Succeeded ? ConfirmMetadataPage.Of(read.Value, null, request.Values, kept.Failure) : read.Failure.Page();
    }
}
