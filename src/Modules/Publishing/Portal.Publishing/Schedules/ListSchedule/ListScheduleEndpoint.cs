using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Schedules.ListSchedule;

/// <summary>The list of what happens at its time.</summary>
internal sealed class ListScheduleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapConsolePage("/console/schedule", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string? site, string? cursor, string? done, ISender sender, CancellationToken cancellationToken)
    {
        var request = new ListSchedule { SiteId = Guid.TryParse(site, out var id) ? id : null, Cursor = cursor };
        var schedule = await sender.Send(request, cancellationToken);
        return schedule.Succeeded
            ? ListSchedulePage.Of(request, schedule.Value, done == "cancelled")
            : schedule.Failure.Page();
    }
}
