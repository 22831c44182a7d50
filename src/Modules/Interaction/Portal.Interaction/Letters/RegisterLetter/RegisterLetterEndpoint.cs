using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.SubmitLetter;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.RegisterLetter;

/// <summary>The form of staff, and the slip with number and code for the writer.</summary>
internal sealed class RegisterLetterEndpoint : ICarterModule
{
    private const string Route = "/console/letters/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (
            LetterForms forms, ICurrentActor current, ICurrentSite site, TimeProvider clock, ISender sender, CancellationToken cancellationToken) =>
            site.Site is { } info && current.Actor?.Can(Permission.ScreenLetters, info) == true
                ? await FormAsync(
                    new RegisterLetter { FormToken = forms.NewForm(), Day = BeijingTime.Date(clock.GetUtcNow()) }, null, sender, cancellationToken)
                : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm(Route, AnswerAsync)
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, ISender sender, LetterForms forms, CancellationToken cancellationToken)
    {
        var request = new RegisterLetter
        {
            Channel = form.Chosen<LetterChannel>("Channel"),
            Day = form.Day("Day"),
        }.Filled(form) with
        {
            Files = await form.FilesAsync("Files", cancellationToken),
        };
        var receipt = await sender.Send(request, cancellationToken);
        if (receipt.Succeeded)
        {
            return LetterSlipPage.Of(receipt.Value);
        }

        if (receipt.Failure.Kind != FailureKind.Invalid)
        {
            return receipt.Failure.Page();
        }

        var (token, failure) = UsedForm.Again(request.FormToken, receipt.Failure, forms);
        return await FormAsync(request with { FormToken = token }, failure, sender, cancellationToken);
    }

    // What comes by post is taken in even when the mailbox takes no more letters on the site.
    private static async Task<IResult> FormAsync(
        RegisterLetter form, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var known = await sender.Send(new BrowseMailboxes.BrowseMailboxes(), cancellationToken);
        return known.Succeeded
            ? RegisterLetterPage.Of(
                form, known.Value with { Mailboxes = [.. known.Value.Mailboxes.Select(mailbox => mailbox with { IsOpen = true })] }, failure)
            : known.Failure.Page();
    }
}
