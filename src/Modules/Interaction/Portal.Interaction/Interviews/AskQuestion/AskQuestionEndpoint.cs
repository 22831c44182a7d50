using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.AskQuestion;

/// <summary>我要提问: the form and its receipt. The code stands in the answer to the form, never in an address.</summary>
internal sealed class AskQuestionEndpoint : ICarterModule
{
    private const string Route = "/interviews/{key}/questions/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, AnswerAsync).ShownAgainWithout("FormToken").AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> ShowAsync(
        string key, InterviewReader reader, InterviewForms forms, ISettings settings, ICurrentSite current, CancellationToken cancellationToken) =>
        await reader.FindAsync(key, cancellationToken) is { } interview
            ? AskQuestionPage.Of(
                new AskQuestion { Key = key, FormToken = forms.NewForm(), WantsAnswer = true }, reader.LineOf(interview),
                settings.For<InterviewSettings>(current.Site!.Id), null, [], StatusCodes.Status200OK)
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        string key, IFormCollection form, HttpContext context, ISender sender, InterviewReader reader, InterviewForms forms,
        ISettings settings, ICurrentSite current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var asked = new AskQuestion
        {
            Key = key,
            FormToken = form.Text("FormToken"),
            Name = form.Text("Name"),
            Phone = form.Text("Phone"),
            Text = form.Text("Text"),
            WantsAnswer = form.Flag("WantsAnswer"),
            Website = form.Text("Website"),
            Turn = form.Text("Turn"),
            TurnAnswer = form.Text("TurnAnswer"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var sent = await sender.Send(asked, cancellationToken);
        if (sent is { Succeeded: true, Value.Receipt: { } receipt })
        {
            return QuestionReceiptPage.Of(receipt);
        }

        if (await reader.FindAsync(key, cancellationToken) is not { } interview)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var (line, limits) = (reader.LineOf(interview), settings.For<InterviewSettings>(current.Site!.Id));
        if (sent.Succeeded)
        {
            context.Response.RetryAt(sent.Value.At!.Value, clock);
            return AskQuestionPage.Of(
                asked with { Turn = sent.Value.Turn! }, line, limits, sent.Value.At, [], StatusCodes.Status429TooManyRequests);
        }

        var (token, failure) = UsedForm.Again(asked.FormToken, sent.Failure, forms);
        var fresh = token == asked.FormToken ? asked : asked with { FormToken = token, Turn = "" };
        var (errors, status) = ShownAgain.Said(context, failure.Errors, failure.Status());
        return AskQuestionPage.Of(fresh, line, limits, null, errors, status);
    }
}
