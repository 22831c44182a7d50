using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.SubmitRequest;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.RegisterRequest;

/// <summary>Enters a request that came by post, fax, in person or by word of mouth .</summary>
public sealed record RegisterRequest : RequestFields, IRequest<Outcome<RequestReceipt>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;

    public ReceiptChannel? Channel { get; init; }

    /// <summary>Signed for, handed in, told or arrived on.</summary>
    public DateOnly? Day { get; init; }

    public string Note { get; init; } = "";
}

internal sealed class RegisterRequestValidator : AbstractValidator<RegisterRequest>
{
    public RegisterRequestValidator(IStringLocalizer<RequestText> text, TimeProvider clock)
    {
        RuleFor(form => form.Channel).Must(channel => channel is not (null or ReceiptChannel.Online)).WithMessage(_ => text["Fault.Channel"]);
        RuleFor(form => form.Day).Must(day => day is { } known && known <= BeijingTime.Date(clock.GetUtcNow()) && known > BeijingTime.Date(clock.GetUtcNow()).AddYears(-1))
            .WithMessage(_ => text["Fault.ReceiptDay"]);
        RuleFor(form => form.Note).Must(note => PublicText.Fits(note, RequestRules.MaximumNote)).WithMessage(_ => text["Fault.NoteLong"]);
        RequestFieldRules.Apply(this, text);
    }
}

internal sealed class RegisterRequestHandler(
    RequestIntake intake, RequestForms forms, ICurrentSite currentSite, ICurrentActor current, IStringLocalizer<RequestText> text)
    : IRequestHandler<RegisterRequest, Outcome<RequestReceipt>>
{
    public async Task<Outcome<RequestReceipt>> Handle(RegisterRequest request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.HandleRequests, site))
        {
            return actor.Knows(site) ? Failure.Forbidden : Failure.OutOfScope;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        if (await intake.FindAsync(issued, cancellationToken) is { } taken)
        {
            return taken;
        }

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), RequestIntake.ProofKinds, cancellationToken);
        return attached.Succeeded
            ? await intake.TakeAsync(
                request, issued, attached.Value, site, request.Channel!.Value, request.Day!.Value, actor, PublicText.Line(request.Note), cancellationToken)
            : attached.Failure;
    }
}

/// <summary>The form of staff, and the slip with number and code for the applicant.</summary>
internal sealed class RegisterRequestEndpoint : ICarterModule
{
    private const string Route = "/console/requests/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (RequestForms forms, ICurrentActor current, ICurrentSite site, TimeProvider clock) =>
            site.Site is { } info && current.Actor?.Can(Permission.HandleRequests, info) == true
                ? RegisterRequestPage.Of(
                    new RegisterRequest { FormToken = forms.NewForm(), Day = BeijingTime.Date(clock.GetUtcNow()) }, [], StatusCodes.Status200OK)
                : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm(Route, AnswerAsync)
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, ISender sender, RequestForms forms, CancellationToken cancellationToken)
    {
        var request = new RegisterRequest
        {
            Channel = form.Chosen<ReceiptChannel>("Channel"),
            Day = form.Day("Day"),
            Note = form.Text("Note"),
        }.Filled(form) with
        {
            Files = await form.FilesAsync("Files", cancellationToken),
        };
        var receipt = await sender.Send(request, cancellationToken);
        return receipt.Succeeded ? SlipPage.Of(receipt.Value)
            : receipt.Failure.Kind == FailureKind.Invalid
                ? RegisterRequestPage.Of(
                    forms.ReadForm(request.FormToken) is null ? request with { FormToken = forms.NewForm() } : request,
                    receipt.Failure.Errors, StatusCodes.Status422UnprocessableEntity)
                : receipt.Failure.Page();
    }
}
