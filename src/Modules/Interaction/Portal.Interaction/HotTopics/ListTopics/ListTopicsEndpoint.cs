using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ListTopics;

/// <summary>The register of hot topics.</summary>
internal sealed class ListTopicsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/hot-topics", async (
            string? set, string? severity, string? q, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListTopics
            {
                Set = ListLettersEndpoint.Named<TopicSet>(set) ?? TopicSet.Open,
                Severity = ListLettersEndpoint.Named<TopicSeverity>(severity),
                Text = q ?? "",
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListTopicsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
