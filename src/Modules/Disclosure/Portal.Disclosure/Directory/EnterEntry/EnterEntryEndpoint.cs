using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.EnterEntry;

internal sealed class EnterEntryEndpoint : ICarterModule
{
    private const string Route = "/console/disclosure/entries/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (ICurrentActor current, ICurrentSite site) =>
            site.Site is not { } here ? Failure.NotFound.Page()
            : current.Actor!.Can(Permission.ManageDisclosure, here) ? EnterEntryPage.Of(new EnterEntry
            {
                Values = new EntryMetadata().Set("publisher", here.OrganisationName),
            })
            : Failure.Forbidden.Page());
        app.MapConsoleForm(Route, async (IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new EnterEntry
            {
                Values = MetadataForm.Read(form),
                Body = form["Body"].ToString(),
                IndexNumber = form.Text("IndexNumber"),
            };
            var entered = await sender.Send(request, cancellationToken);
            return entered.Succeeded ? Results.LocalRedirect($"/console/disclosure/proposals/{entered.Value}?done=submitted")
                : entered.Failure.Kind == FailureKind.Invalid ? EnterEntryPage.Of(request, entered.Failure)
                : entered.Failure.Page();
        });
    }
}
