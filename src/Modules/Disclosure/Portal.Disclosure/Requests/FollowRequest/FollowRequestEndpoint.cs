using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.FollowRequest;

/// <summary>查询办理进度: number and code are only ever posted; the page they open is the answer to the form.</summary>
internal sealed class FollowRequestEndpoint : ICarterModule
{
    private const string Route = "/disclosure/requests/follow";

    // Both forms may stand on the page at once.
    private const string Reasons = "Reasons";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, () => FollowRequestPage.Of(new FollowRequest(), [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        MapAnswer(app, "/correction", RequestTrigger.Correct)
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
        MapAnswer(app, "/reasons", RequestTrigger.GiveReasons);
        MapAnswer(app, "/withdrawal", RequestTrigger.Withdraw);
    }

    private static RouteHandlerBuilder MapAnswer(IEndpointRouteBuilder app, string path, RequestTrigger trigger) =>
        app.MapPublicForm(Route + path, (
                IFormCollection form, ISender sender, IStringLocalizer<RequestText> text, CancellationToken cancellationToken) =>
                AnswerAsync(form, trigger, sender, text, cancellationToken))
            .AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> ShowAsync(
        IFormCollection form, HttpContext context, ISender sender, CancellationToken cancellationToken)
    {
        var request = new FollowRequest
        {
            Number = form.Text("Number"),
            Code = form.Text("Code"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var found = await sender.Send(request, cancellationToken);
        if (found.Succeeded)
        {
            return FollowedRequestPage.Of(found.Value, null, null, [], StatusCodes.Status200OK);
        }

        var slow = found.Failure.Errors.Any(error => error.Field == FollowRequestHandler.Slow);
        if (slow)
        {
            context.Response.Headers.RetryAfter = "600";
        }

        return FollowRequestPage.Of(
            request with { Code = "" },
            [.. found.Failure.Errors.Select(error => error with { Field = "" })],
            slow ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, RequestTrigger trigger, ISender sender, IStringLocalizer<RequestText> text, CancellationToken cancellationToken)
    {
        var answer = new AnswerRequest
        {
            Ticket = form.Text("Ticket"),
            Trigger = trigger,
            Sure = form.Text("Sure") == "true",
            Text = form.Text(trigger == RequestTrigger.GiveReasons ? Reasons : nameof(AnswerRequest.Text)),
            Files = await form.FilesAsync("Files", cancellationToken),
        };
        var done = await sender.Send(answer, cancellationToken);
        var now = await sender.Send(new FollowRequest { Ticket = answer.Ticket }, cancellationToken);
        if (!now.Succeeded)
        {
            return FollowRequestPage.Of(new FollowRequest(), now.Failure.Errors, StatusCodes.Status422UnprocessableEntity);
        }

        return done.Succeeded
            ? FollowedRequestPage.Of(now.Value, text["Follow." + trigger], null, [], StatusCodes.Status200OK)
            : FollowedRequestPage.Of(
                now.Value, null, answer,
                [.. done.Failure.Errors.Select(error =>
                    trigger == RequestTrigger.GiveReasons && error.Field == nameof(answer.Text) ? error with { Field = Reasons } : error)],
                done.Failure.Kind == FailureKind.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }
}
