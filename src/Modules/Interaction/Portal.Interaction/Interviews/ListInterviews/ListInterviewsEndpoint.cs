using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ListInterviews;

/// <summary>The lists of interviews.</summary>
internal sealed class ListInterviewsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/interviews", async (
            string? set, string? q, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListInterviews
            {
                Set = ListLettersEndpoint.Named<InterviewSet>(set) ?? InterviewSet.Ahead,
                Text = q ?? "",
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListInterviewsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
