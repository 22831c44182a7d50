using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.SubmitRequest;

/// <summary>The public form and its receipt. The code stands in the answer to the form, never in an address.</summary>
internal sealed class SubmitRequestEndpoint : ICarterModule
{
    private const string Route = "/disclosure/requests/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, (RequestForms forms) =>
                SubmitRequestPage.Of(new SubmitRequest { FormToken = forms.NewForm() }, [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, AnswerAsync)
            .ShownAgainWithout("FormToken")
            .AddEndpointFilter<OpenSiteFilter>()
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, HttpContext context, ISender sender, RequestForms forms, CancellationToken cancellationToken)
    {
        var request = new SubmitRequest
        {
            Website = form.Text("Website"),
            Sender = context.Connection.RemoteIpAddress,
        }.Filled(form) with
        {
            Files = await form.FilesAsync("Files", cancellationToken),
        };
        var receipt = await sender.Send(request, cancellationToken);
        if (receipt.Succeeded)
        {
            return ReceiptPage.Of(receipt.Value);
        }

        if (receipt.Failure.Kind != FailureKind.Invalid)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var slow = receipt.Failure.Errors.Any(error => error.Field == SubmitRequestHandler.Slow);
        if (slow)
        {
            context.Response.Headers.RetryAfter = "600";
        }

        var fresh = forms.ReadForm(request.FormToken) is null ? request with { FormToken = forms.NewForm() } : request;
        var (errors, status) = ShownAgain.Said(
            context,
            [.. receipt.Failure.Errors.Select(error => error.Field == SubmitRequestHandler.Slow ? error with { Field = "" } : error)],
            slow ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity);
        return SubmitRequestPage.Of(fresh, errors, status);
    }
}

internal static class RequestFieldReading
{
    /// <summary>The fields of a posted form.</summary>
    public static T Filled<T>(this T request, IFormCollection form)
        where T : RequestFields => (T)(request with
        {
            FormToken = form.Text("FormToken"),
            ApplicantKind = form.Chosen<ApplicantKind>("ApplicantKind"),
            Name = form.Text("Name"),
            Document = form.Chosen<IdentityDocument>("Document"),
            DocumentNumber = form.Text("DocumentNumber"),
            Contact = form.Text("Contact"),
            Phone = form.Text("Phone"),
            Email = form.Text("Email"),
            Address = form.Text("Address"),
            PostCode = form.Text("PostCode"),
            Title = form.Text("Title"),
            Reference = form.Text("Reference"),
            Description = form.Text("Description"),
            Form = form.Chosen<WantedForm>("Form"),
            Delivery = form.Chosen<DeliveryWay>("Delivery"),
            Help = form.Text("Help"),
        });
}
