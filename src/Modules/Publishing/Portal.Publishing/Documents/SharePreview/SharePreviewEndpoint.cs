using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.SharePreview;

/// <summary>Asks, and shows the link that was made.</summary>
internal sealed class SharePreviewEndpoint : ICarterModule
{
    private const string Route = "/console/editions/{id:guid}/preview-link";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (Guid id, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadEdition.ReadEdition(id), cancellationToken);
            return !read.Succeeded ? read.Failure.Page()
                : read.Value.MayWrite ? SharePreviewPage.Of(read.Value, null)
                : new Refused<SharePreview>(Failure.Forbidden with { About = read.Value.About });
        });
        app.MapConsoleForm(Route, async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var shared = await sender.Send(new SharePreview { EditionId = id }, cancellationToken);
            if (!shared.Succeeded)
            {
                return shared.Failure.Page();
            }

            var read = await sender.Send(new ReadEdition.ReadEdition(id), cancellationToken);
            return read.Succeeded ? SharePreviewPage.Of(read.Value, shared.Value) : read.Failure.Page();
        });
    }
}
