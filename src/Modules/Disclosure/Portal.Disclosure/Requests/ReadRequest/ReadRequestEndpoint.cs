using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.ReadRequest;

/// <summary>The page of a case.</summary>
internal sealed class ReadRequestEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/requests/{id:guid}", async (
            Guid id, string? done, string? act, ISender sender, IStringLocalizer<RequestText> text, CancellationToken cancellationToken) =>
            await AnswerAsync(
                id, Said(done, text), null, null, null, sender, cancellationToken,
                Enum.TryParse<RequestTrigger>(act, out var trigger) && Enum.IsDefined(trigger) ? trigger : null));

    internal static async Task<IResult> AnswerAsync(
        Guid id, string? done, Applicant? revealed, RequestInput? typed, Failure? failure, ISender sender, CancellationToken cancellationToken,
        RequestTrigger? act = null)
    {
        var view = await sender.Send(new ReadRequest(id), cancellationToken);
        return view.Succeeded
            ? ReadRequestPage.Of(view.Value, done, revealed, typed, failure, act)
            : view.Failure.Page();
    }

    private static string? Said(string? done, IStringLocalizer<RequestText> text) =>
        Enum.TryParse<RequestTrigger>(done, out var trigger) && Enum.IsDefined(trigger) ? text["Done." + trigger].Value : null;
}
