using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Consultations.SubmitOpinion;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.RegisterOpinion;

/// <summary>Enters an opinion that came by post, e-mail, telephone or at a meeting.</summary>
public sealed record RegisterOpinion : OpinionFields, IRequest<Outcome<OpinionReceipt>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;

    public Guid ConsultationId { get; init; }

    public OpinionChannel? Channel { get; init; }

    /// <summary>When it came.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Where the paper or the minutes lie.</summary>
    public string PaperReference { get; init; } = "";
}

internal sealed class RegisterOpinionHandler(
    ConsultationScope scope, OpinionIntake intake, OpinionForms forms, ISender sender, ISettings settings, IPageCache pages,
    IStringLocalizer<ConsultationDeskText> text, IStringLocalizer<OpinionText> names, TimeProvider clock)
    : IRequestHandler<RegisterOpinion, Outcome<OpinionReceipt>>
{
    public async Task<Outcome<OpinionReceipt>> Handle(RegisterOpinion request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ConsultationId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (row, actor, site) = found.Value;
        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", names["Fault.FormOld"]);
        }

        if (await intake.TakenAsync(request, issued, cancellationToken) is { } taken)
        {
            return taken;
        }

        if (!ConsultationFlow.Allows(row.State, ConsultationTrigger.RegisterOpinion, ConsultationParty.Editor))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.State"])]);
        }

        if (intake.Fault(request, row, settings.For<ConsultationSettings>(site.Id).MaximumText, Faults(request, row)) is { } fault)
        {
            return fault;
        }

        var attached = await sender.InspectAsync(request.Files, nameof(request.Files), cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        var receipt = await intake.TakeAsync(
            request, issued, attached.Value, row,
            new OpinionArrival(request.Channel!.Value, request.Day!.Value, null, PublicText.Line(request.PaperReference), actor), cancellationToken);
        await pages.EvictAsync([CacheTags.Activity(row.Id)], cancellationToken);
        return receipt;
    }

    private IEnumerable<FieldError> Faults(RegisterOpinion request, Consultation row)
    {
        if (request.Channel is null or OpinionChannel.Online)
        {
            yield return new(nameof(request.Channel), text["Fault.Channel"]);
        }

        // What came within the period counts, whenever it is entered.
        if (request.Day is not { } day || day < row.OpensOn || day > row.ClosesOn || day > clock.Today())
        {
            yield return new(nameof(request.Day), text["Fault.Day"]);
        }

        if (PublicText.Line(request.PaperReference) is not { Length: > 0 and <= 100 })
        {
            yield return new(nameof(request.PaperReference), text["Fault.PaperReference"]);
        }
    }
}

/// <summary>The form of staff, and the slip with number and code.</summary>
internal sealed class RegisterOpinionEndpoint : ICarterModule
{
    private const string Route = "/console/consultations/{consultation:guid}/opinions/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (
            Guid consultation, OpinionForms forms, ConsultationScope scope, ISettings settings, CancellationToken cancellationToken) =>
            FormAsync(new RegisterOpinion { ConsultationId = consultation, FormToken = forms.NewForm() }, null, scope, settings, cancellationToken));
        app.MapConsoleForm(Route, async (
            Guid consultation, IFormCollection form, ISender sender, OpinionForms forms, ConsultationScope scope, ISettings settings,
            CancellationToken cancellationToken) =>
        {
            var request = new RegisterOpinion
            {
                ConsultationId = consultation,
                Channel = form.Chosen<OpinionChannel>("Channel"),
                Day = form.Day("Day"),
                PaperReference = form.Text("PaperReference"),
            }.Filled(form) with
            {
                Files = await form.FilesAsync("Files", cancellationToken),
            };
            var receipt = await sender.Send(request, cancellationToken);
            if (receipt.Succeeded)
            {
                return OpinionSlipPage.Of(receipt.Value, consultation);
            }

            var (token, failure) = UsedForm.Again(request.FormToken, receipt.Failure, forms);
            return failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? await FormAsync(request with { FormToken = token }, failure, scope, settings, cancellationToken)
                : failure.Page();
        })
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));
    }

    private static async Task<IResult> FormAsync(
        RegisterOpinion form, Failure? failure, ConsultationScope scope, ISettings settings, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(form.ConsultationId, cancellationToken);
        return !found.Succeeded ? found.Failure.Page()
            : found.Value.Row.Released is not { } text ? Results.StatusCode(StatusCodes.Status409Conflict)
            : RegisterOpinionPage.Of(form, text, settings.For<ConsultationSettings>(found.Value.Site.Id).MaximumText, failure);
    }
}
