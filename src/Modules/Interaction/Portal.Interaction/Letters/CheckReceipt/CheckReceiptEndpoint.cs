using System.Text;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Audit.Contracts;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.CheckReceipt;

/// <summary>查验来信回执: what somebody holds is only ever posted; the proof alone has an address, which names nobody.</summary>
internal sealed class CheckReceiptEndpoint : ICarterModule
{
    private const string Route = "/letters/receipt";
    private const int LargestFile = 16 * 1024;
    private const long LargestForm = 128 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, () => CheckReceiptPage.Of(new CheckReceipt(), null, [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, AnswerAsync)
            .AddEndpointFilter<OpenSiteFilter>()
            .WithFormOptions(multipartBodyLengthLimit: LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        app.MapPublicForm(Route + "/file", FileAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicUncached(Route + "/{hash}.json", ProofAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, HttpContext context, ISender sender, CancellationToken cancellationToken)
    {
        var request = new CheckReceipt
        {
            Receipt = await FileOfAsync(form, cancellationToken) ?? form.Text("Receipt"),
            Title = form.Text("Title"),
            Text = form.Text("Text"),
            Code = form.Text("Code"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var found = await sender.Send(request, cancellationToken);
        return found.Succeeded ? CheckReceiptPage.Of(request, found.Value, [], StatusCodes.Status200OK)
            : found.Failure.Kind == FailureKind.Invalid
                ? CheckReceiptPage.Of(
                    request, null, found.Failure.Errors,
                    found.Failure.Errors[0].Field.Length == 0 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity)
                : Results.StatusCode(found.Failure.Status());
    }

    // Only what this platform signed is handed back as a file.
    private static async Task<IResult> FileAsync(IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var receipt = form.Text("Receipt").ReplaceLineEndings("\n");
        return await sender.Send(new ReadStatement(receipt), cancellationToken) is { IsSigned: true } reading
            && LetterReceipts.Read(reading) is { } said
            ? Results.File(Encoding.UTF8.GetBytes(receipt), "text/plain; charset=utf-8", said.Number + ".txt")
            : Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
    }

    // The hash is as hard to guess as the code that is in it: only who holds the receipt has it.
    private static async Task<IResult> ProofAsync(string hash, ISender sender, CancellationToken cancellationToken) =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
        && await sender.Send(new GetTrailProof("letter", hash), cancellationToken) is { } proof
            ? Results.Json(proof)
            : Results.NotFound();

    private static async Task<string?> FileOfAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        if (form.Files.GetFile("File") is not { Length: > 0 } file)
        {
            return null;
        }

        var content = new byte[Math.Min(file.Length, LargestFile)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancellationToken);
        return Encoding.UTF8.GetString(content);
    }
}
