using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
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
        app.MapConsolePage(Route, (LetterForms forms, TimeProvider clock, ISender sender, CancellationToken cancellationToken) =>
            FormAsync(
                new RegisterLetter { FormToken = forms.NewForm(), Day = BeijingTime.Date(clock.GetUtcNow()) }, null, sender, cancellationToken));
        app.MapConsoleForm(Route, AnswerAsync)
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, ISender sender, LetterForms forms, CancellationToken cancellationToken)
    {
        var request = new RegisterLetter
        {
            FormToken = form.Text("FormToken"),
            Channel = form.Chosen<LetterChannel>("Channel"),
            Day = form.Day("Day"),
            Mailbox = form.Text("Mailbox"),
            Kind = form.Chosen<LetterKind>("Kind"),
            Name = form.Text("Name"),
            Phone = form.Text("Phone"),
            Title = form.Text("Title"),
            Text = form.Text("Text"),
            MayPublish = form.Flag("MayPublish"),
            Files = await form.FilesAsync("Files", cancellationToken),
        };
        var receipt = await sender.Send(request, cancellationToken);
        return receipt.Succeeded ? LetterSlipPage.Of(receipt.Value)
            : receipt.Failure.Kind == FailureKind.Invalid
                ? await FormAsync(
                    forms.ReadForm(request.FormToken) is null ? request with { FormToken = forms.NewForm() } : request,
                    receipt.Failure, sender, cancellationToken)
                : receipt.Failure.Page();
    }

    private static async Task<IResult> FormAsync(
        RegisterLetter form, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var mailboxes = await sender.Send(new ListOwnMailboxes(), cancellationToken);
        return mailboxes.Succeeded ? RegisterLetterPage.Of(form, mailboxes.Value, failure) : mailboxes.Failure.Page();
    }
}
