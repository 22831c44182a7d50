using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.DraftNextEdition;

/// <summary>Asks which edition to start from where more than one can be meant.</summary>
internal sealed class DraftNextEditionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/documents/{id:guid}/editions/new", ShowAsync);
        app.MapConsoleForm("/console/documents/{id:guid}/editions", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new DraftNextEdition
            {
                DocumentId = id,
                Language = form.Text("Language") is { Length: > 0 } language ? language : "zh-CN",
                From = form.Id("From"),
            };
            var drafted = await sender.Send(command, cancellationToken);
            return drafted.Succeeded
                ? Results.LocalRedirect($"/console/editions/{drafted.Value}?done=drafted")
                : drafted.Failure.Kind == FailureKind.Invalid
                    ? await AgainAsync(id, drafted.Failure.Errors, sender, cancellationToken)
                    : drafted.Failure.Page();
        });
    }

    private static Task<IResult> ShowAsync(Guid id, ISender sender, CancellationToken cancellationToken) =>
        AgainAsync(id, null, sender, cancellationToken);

    private static async Task<IResult> AgainAsync(
        Guid id, IReadOnlyList<FieldError>? errors, ISender sender, CancellationToken cancellationToken)
    {
        var history = await sender.Send(new ReadDocumentHistory.ReadDocumentHistory(id), cancellationToken);
        return !history.Succeeded ? history.Failure.Page()
            : history.Value.MayWrite ? DraftNextEditionPage.Of(history.Value, errors)
            : new Refused<DraftNextEdition>(Failure.Forbidden with { About = history.Value.About });
    }
}
