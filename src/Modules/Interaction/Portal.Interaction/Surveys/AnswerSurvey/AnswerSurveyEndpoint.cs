using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.AnswerSurvey;

/// <summary>填写问卷: one section a page; every page is the answer to a form, and what was filled in travels in it.</summary>
internal sealed class AnswerSurveyEndpoint : ICarterModule
{
    private const string Route = "/surveys/{key}/answer";

    // A page of answers, and all those before it, sealed.
    private const int LargestForm = 512 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, (
                string key, ISender sender, HttpContext context, TimeProvider clock, CancellationToken cancellationToken) =>
                AnswerAsync(new AnswerSurvey { Key = key }, sender, context, clock, cancellationToken))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, (
                string key, IFormCollection form, ISender sender, HttpContext context, TimeProvider clock, CancellationToken cancellationToken) =>
                AnswerAsync(Filled(key, form, context), sender, context, clock, cancellationToken))
            .ShownAgainWithout("Act")
            .AddEndpointFilter<OpenSiteFilter>()
            .WithFormOptions(valueCountLimit: 3000, keyLengthLimit: 200, valueLengthLimit: SurveyForms.LargestToken * 2)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
    }

    private static AnswerSurvey Filled(string key, IFormCollection form, HttpContext context) => new()
    {
        Key = key,
        Token = form.Text("Token"),
        Act = form.Text("Act"),
        Section = form.Text("Section"),
        Posted = name => [.. form[name].OfType<string>()],
        Code = form.Text("Code"),
        Name = form.Text("Name"),
        Proof = form.Text("Proof"),
        Sender = context.Connection.RemoteIpAddress,
    };

    private static async Task<IResult> AnswerAsync(
        AnswerSurvey request, ISender sender, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (context.Features.Get<ShownAgain>() is not null)
        {
            // Who had only typed a code or a name gets the plain refusal: neither is shown again.
            if (request.Token.Length == 0)
            {
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            }

            // The same section with what was filled in; no other button's work is done.
            request = request with { Act = SurveyWalk.Go + request.Section };
        }

        var turned = await sender.Send(request, cancellationToken);
        if (!turned.Succeeded)
        {
            return Results.StatusCode(turned.Failure.Status());
        }

        var turn = turned.Value;
        if (turn.AgainAt is { } again)
        {
            context.Response.RetryAt(again, clock);
        }

        var (errors, status) = turn.Page == TurnPage.Section && turn.Errors.Count == 0
            ? ShownAgain.Said(context, turn.Errors, StatusOf(turn, request))
            : (turn.Errors, StatusOf(turn, request));
        return AnswerSurveyPage.Of(turn with { Errors = errors }, status);
    }

    private static int StatusOf(SurveyTurn turn, AnswerSurvey request) =>
        turn.AgainAt is not null ? StatusCodes.Status429TooManyRequests
        : turn.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity
        : turn.Page == TurnPage.Closed && request.Act.Length > 0 ? StatusCodes.Status409Conflict
        : StatusCodes.Status200OK;
}
