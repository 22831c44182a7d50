using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.GiveSecondLook;

/// <summary>Takes the second look at an emergency publication from its list.</summary>
internal sealed class GiveSecondLookEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/emergency-publications/{id:guid}/second-look", LookAsync);

    private static async Task<IResult> LookAsync(
        Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var opinion = form.Text("Opinion");
        var looked = await sender.Send(
            new GiveSecondLook { EmergencyPublicationId = id, Opinion = opinion }, cancellationToken);
        if (looked.Succeeded)
        {
            return Results.LocalRedirect("/console/emergency-publications?done=looked");
        }

        var failure = looked.Failure;
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return failure.Page();
        }

        var request = new ListEmergencies.ListEmergencies();
        var list = await sender.Send(request, cancellationToken);
        return list.Succeeded
            ? ListEmergencies.ListEmergenciesPage.Of(
                request, list.Value, null, id, opinion, failure.Errors, failure.Status())
            : list.Failure.Page();
    }
}
