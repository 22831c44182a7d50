using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.FollowLetter;

/// <summary>查询办理进度: number and code are only ever posted; the page they open is the answer to the form.</summary>
internal sealed class FollowLetterEndpoint : ICarterModule
{
    private const string Route = "/letters/follow";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, () => FollowLetterPage.Of(new FollowLetter(), [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        // Who reloads the page of a step that was sent is asked for number and code again.
        app.MapPublicUncached(Route + "/{step}", (string step, HttpContext context) => Results.Redirect(context.Request.PathBase + Route))
            .AddEndpointFilter<OpenSiteFilter>();
        MapAnswer(app, "/supplement", LetterTrigger.Supplement);
        MapAnswer(app, "/rating", LetterTrigger.Rate);
        MapAnswer(app, "/question", LetterTrigger.FollowUp);
        MapAnswer(app, "/withdrawal", LetterTrigger.Withdraw);
        MapAnswer(app, "/permission", LetterTrigger.AllowPublishing);
        MapAnswer(app, "/prohibition", LetterTrigger.ForbidPublishing);
    }

    private static void MapAnswer(IEndpointRouteBuilder app, string path, LetterTrigger trigger) =>
        app.MapPublicForm(Route + path, (
                IFormCollection form, ISender sender, IStringLocalizer<MailText> text, CancellationToken cancellationToken) =>
                AnswerAsync(form, trigger, sender, text, cancellationToken))
            .AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> ShowAsync(
        IFormCollection form, HttpContext context, ISender sender, CodeLookup lookup, CancellationToken cancellationToken)
    {
        var request = new FollowLetter
        {
            Number = form.Text("Number"),
            Code = form.Text("Code"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var found = await sender.Send(request, cancellationToken);
        if (found.Succeeded)
        {
            return FollowedLetterPage.Of(found.Value, null, null, [], StatusCodes.Status200OK);
        }

        var (errors, status) = lookup.Said(context, found.Failure);
        return FollowLetterPage.Of(request with { Code = "" }, errors, status);
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, LetterTrigger trigger, ISender sender, IStringLocalizer<MailText> text, CancellationToken cancellationToken)
    {
        // Several forms may stand on the page at once; each has fields of its own name.
        var answer = new AnswerLetter
        {
            Ticket = form.Text("Ticket"),
            Trigger = trigger,
            Sure = form.Flag("Sure"),
            Text = form.Text(trigger + "Text"),
            Rating = form.Number("Rating"),
        };
        var done = await sender.Send(answer, cancellationToken);
        var now = await sender.Send(new FollowLetter { Ticket = answer.Ticket }, cancellationToken);
        if (!now.Succeeded)
        {
            return FollowLetterPage.Of(new FollowLetter(), now.Failure.Errors, StatusCodes.Status422UnprocessableEntity);
        }

        return done.Succeeded
            ? FollowedLetterPage.Of(now.Value, text["Follow." + trigger], null, [], StatusCodes.Status200OK)
            : FollowedLetterPage.Of(
                now.Value, null, answer,
                [.. done.Failure.Errors.Select(error => error.Field == nameof(answer.Text) ? error with { Field = trigger + "Text" } : error)],
                done.Failure.Kind == FailureKind.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }
}
