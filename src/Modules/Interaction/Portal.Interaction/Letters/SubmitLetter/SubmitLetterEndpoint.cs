using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.Copies.SuggestAnswers;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.SubmitLetter;

/// <summary>我要写信: the form and its receipt. The code stands in the answer to the form, never in an address.</summary>
internal sealed class SubmitLetterEndpoint : ICarterModule
{
    private const string Route = "/letters/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, AnswerAsync)
            .ShownAgainWithout("FormToken")
            .AddEndpointFilter<OpenSiteFilter>()
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static async Task<IResult> ShowAsync(string? mailbox, LetterForms forms, ISender sender, CancellationToken cancellationToken)
    {
        var known = await sender.Send(new BrowseMailboxes.BrowseMailboxes(), cancellationToken);
        return SubmitLetterPage.Of(
            new SubmitLetter { FormToken = forms.NewForm(), Mailbox = mailbox ?? "" }, known.Value, null, [], StatusCodes.Status200OK);
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, HttpContext context, ISender sender, LetterForms forms, TimeProvider clock, CancellationToken cancellationToken)
    {
        var letter = new SubmitLetter
        {
            Website = form.Text("Website"),
            Turn = form.Text("Turn"),
            TurnAnswer = form.Text("TurnAnswer"),
            Sender = context.Connection.RemoteIpAddress,
            Files = await form.FilesAsync("Files", cancellationToken),
        }.Filled(form);
        if (form.Text("Act") == "suggest")
        {
            // Nothing is sent yet: the form comes back as it was filled in, with answers that others were given.
            var suggested = await sender.Send(new SuggestAnswers(letter.Title, letter.Text), cancellationToken);
            return SubmitLetterPage.Of(
                forms.ReadForm(letter.FormToken) is null ? letter with { FormToken = forms.NewForm() } : letter,
                (await sender.Send(new BrowseMailboxes.BrowseMailboxes(), cancellationToken)).Value, null, [], StatusCodes.Status200OK,
                suggested.Succeeded ? suggested.Value : []);
        }

        var sent = await sender.Send(letter, cancellationToken);
        if (sent is { Succeeded: true, Value.Receipt: { } receipt })
        {
            return LetterReceiptPage.Of(receipt);
        }

        var known = await sender.Send(new BrowseMailboxes.BrowseMailboxes(), cancellationToken);
        if (sent.Succeeded)
        {
            context.Response.RetryAt(sent.Value.At!.Value, clock);
            return SubmitLetterPage.Of(
                letter with { Turn = sent.Value.Turn! }, known.Value, sent.Value.At, [], StatusCodes.Status429TooManyRequests);
        }

        if (sent.Failure.Kind != FailureKind.Invalid)
        {
            return Results.StatusCode(sent.Failure.Status());
        }

        var (token, failure) = UsedForm.Again(letter.FormToken, sent.Failure, forms);
        var (errors, status) = ShownAgain.Said(context, failure.Errors, StatusCodes.Status422UnprocessableEntity);
        return SubmitLetterPage.Of(letter with { FormToken = token }, known.Value, null, errors, status);
    }
}

internal static class LetterFieldReading
{
    /// <summary>The fields of a posted form.</summary>
    public static T Filled<T>(this T letter, IFormCollection form)
        where T : LetterFields => (T)(letter with
        {
            FormToken = form.Text("FormToken"),
            Mailbox = form.Text("Mailbox"),
            Kind = form.Chosen<LetterKind>("Kind"),
            Name = form.Text("Name"),
            Phone = form.Text("Phone"),
            Title = form.Text("Title"),
            Text = form.Text("Text"),
            MayPublish = form.Flag("MayPublish"),
        });
}
