using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Audit.Records.VerifyRecord;

internal sealed class VerifyRecordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/verify", PageAsync, "edition", "q").AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/verify/entries/{decisionId:guid}.json", JsonAsync);
        app.MapPublicPage("/verify/checkpoint", CheckpointAsync);
    }

    private static async Task<IResult> PageAsync(
        string? edition, string? q, ISender sender, CancellationToken cancellationToken) =>
        VerifyRecordPage.Of(await sender.Send(new VerifyRecord(edition ?? q), cancellationToken));

    private static async Task<IResult> JsonAsync(
        Guid decisionId, ISender sender, CancellationToken cancellationToken)
    {
        var record = await sender.Send(new VerifyRecord(decisionId.ToString()), cancellationToken);
        return record.Steps.FirstOrDefault(step => step.DecisionId == decisionId) is { } step
            ? Results.Json(step)
            : Results.NotFound();
    }

    private static async Task<IResult> CheckpointAsync(ISender sender, CancellationToken cancellationToken) =>
        await sender.Send(new VerifyRecord(null), cancellationToken) is { Note: { } note }
            ? Results.Text(note)
            : Results.NotFound();
}
