using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Documents;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.WithdrawDocument;

/// <summary>Proposes a withdrawal, and submits it to the first review at once.</summary>
internal sealed class WithdrawDocumentEndpoint : ICarterModule
{
    private const string Route = "/console/editions/{id:guid}/withdrawal";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, ShowAsync);
        app.MapConsoleForm(Route, ProposeAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, ISender sender, CancellationToken cancellationToken)
    {
        var effects = await sender.Send(new ReadWithdrawal(id), cancellationToken);
        return effects.Succeeded
            ? WithdrawDocumentPage.Of(effects.Value, new WithdrawDocument { EditionId = id }, [], StatusCodes.Status200OK)
            : effects.Failure.Page();
    }

    private static async Task<IResult> ProposeAsync(
        Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var request = new WithdrawDocument
        {
            EditionId = id,
            Kind = Enum.TryParse<UnpublishingKind>(form.Text("Kind"), out var kind) ? kind : null,
            Reason = form.Text("Reason"),
            RedirectTo = form.Text("RedirectTo"),
        };
        var proposed = await sender.Send(request, cancellationToken);
        if (proposed.Succeeded)
        {
            var submitted = await sender.Send(new SubmitEdition.SubmitEdition(proposed.Value, 1), cancellationToken);
            // What keeps it from being submitted is said on the editing page, where it can be mended.
            return Results.LocalRedirect(
                $"/console/editions/{proposed.Value}?done={(submitted.Succeeded ? "submitted" : "drafted")}");
        }

        var failure = proposed.Failure;
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return failure.Page();
        }

        var effects = await sender.Send(new ReadWithdrawal(id), cancellationToken);
        return effects.Succeeded
            ? WithdrawDocumentPage.Of(effects.Value, request, failure.Errors, failure.Status())
            : failure.Page();
    }
}
