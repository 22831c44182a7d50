using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.Signals.ListSignals;

/// <summary>The list of signals.</summary>
internal sealed class ListSignalsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/hot-topics/signals", async (
            string? set, string? source, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListSignals
            {
                Set = ListLettersEndpoint.Named<SignalSet>(set) ?? SignalSet.Open,
                Source = ListLettersEndpoint.Named<SignalSource>(source),
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListSignalsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
