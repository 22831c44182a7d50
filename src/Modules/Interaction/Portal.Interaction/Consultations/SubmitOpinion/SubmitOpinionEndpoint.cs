using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.SubmitOpinion;

/// <summary>我要提意见: the form and its receipt. The code stands in the answer to the form, never in an address.</summary>
internal sealed class SubmitOpinionEndpoint : ICarterModule
{
    private const string Route = "/consultations/{key}/opinions/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, AnswerAsync)
            .ShownAgainWithout("FormToken")
            .AddEndpointFilter<OpenSiteFilter>()
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static Task<IResult> ShowAsync(
        string key, string? clause, OpinionForms forms, ISender sender, ICurrentSite current, ISettings settings,
        CancellationToken cancellationToken) =>
        PageAsync(
            new SubmitOpinion { Key = key, FormToken = forms.NewForm(), Clause = clause ?? "" }, null, [], StatusCodes.Status200OK,
            sender, current, settings, cancellationToken);

    private static async Task<IResult> AnswerAsync(
        string key, IFormCollection form, HttpContext context, ISender sender, OpinionForms forms, ICurrentSite current, ISettings settings,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var opinion = new SubmitOpinion
        {
            Key = key,
            Website = form.Text("Website"),
            Turn = form.Text("Turn"),
            TurnAnswer = form.Text("TurnAnswer"),
            Sender = context.Connection.RemoteIpAddress,
            Files = await form.FilesAsync("Files", cancellationToken),
        }.Filled(form);
        var sent = await sender.Send(opinion, cancellationToken);
        if (sent is { Succeeded: true, Value.Receipt: { } receipt })
        {
            return OpinionReceiptPage.Of(receipt, key);
        }

        if (sent.Succeeded)
        {
            context.Response.RetryAt(sent.Value.At!.Value, clock);
            return await PageAsync(
                opinion with { Turn = sent.Value.Turn! }, sent.Value.At, [], StatusCodes.Status429TooManyRequests, sender, current, settings,
                cancellationToken);
        }

        if (sent.Failure.Kind == FailureKind.NotFound)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var (token, failure) = UsedForm.Again(opinion.FormToken, sent.Failure, forms);
        var fresh = token == opinion.FormToken ? opinion : opinion with { FormToken = token, Turn = "" };
        var (errors, status) = ShownAgain.Said(context, failure.Errors, sent.Failure.Status());
        return await PageAsync(fresh, null, errors, status, sender, current, settings, cancellationToken);
    }

    private static async Task<IResult> PageAsync(
        SubmitOpinion form, DateTimeOffset? turnAt, IReadOnlyList<FieldError> errors, int status, ISender sender, ICurrentSite current,
        ISettings settings, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ReadConsultation.ReadConsultation(form.Key), cancellationToken);
        return found.Succeeded
            ? SubmitOpinionPage.Of(form, found.Value, settings.For<ConsultationSettings>(current.Site!.Id).MaximumText, turnAt, errors, status)
            : Results.StatusCode(found.Failure.Status());
    }
}

internal static class OpinionFieldReading
{
    /// <summary>The fields of a posted form.</summary>
    public static T Filled<T>(this T opinion, IFormCollection form)
        where T : OpinionFields => (T)(opinion with
        {
            FormToken = form.Text("FormToken"),
            Clause = form.Text("Clause"),
            Stance = form.Chosen<OpinionStance>("Stance"),
            Text = form.Text("Text"),
            Name = form.Text("Name"),
            Unit = form.Text("Unit"),
            Phone = form.Text("Phone"),
            MayDisplay = form.Flag("MayDisplay"),
        });
}
