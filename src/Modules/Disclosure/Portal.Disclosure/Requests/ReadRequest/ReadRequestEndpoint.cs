using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.ReadRequest;

/// <summary>The page of a case.</summary>
internal sealed class ReadRequestEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/requests/{id:guid}", async (
            Guid id, string? done, string? act, string? earlier, ISender sender, IStringLocalizer<RequestText> text,
            CancellationToken cancellationToken) =>
            await AnswerAsync(
                id, Said(done, text), null, earlier is null ? null : Repeated(earlier, text), null, sender, cancellationToken,
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

    // An answer to begin with, for what was answered before; the one who drafts looks it over, and its rules hold.
    private static RequestInput Repeated(string earlier, IStringLocalizer<RequestText> text)
    {
        var number = RequestNumber.Normalise(earlier).CutTo(40);
        return new RequestInput
        {
            Trigger = RequestTrigger.Draft,
            Outcome = ReplyRows.Current.Answers.Single(row => row.Requires == "earlier").Code,
            Earlier = number,
            Grounds = text["Case.Like.Grounds", number],
        };
    }

    private static string? Said(string? done, IStringLocalizer<RequestText> text) =>
        Enum.TryParse<RequestTrigger>(done, out var trigger) && Enum.IsDefined(trigger) ? text["Done." + trigger].Value : null;
}
