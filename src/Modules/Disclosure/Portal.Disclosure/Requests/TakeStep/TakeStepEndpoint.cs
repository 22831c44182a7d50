using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Requests.ReadRequest;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.TakeStep;

/// <summary>Takes the forms of a case's page.</summary>
internal sealed class TakeStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/requests/{id:guid}/steps", AnswerAsync)
            .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 64 * 1024)
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));

    private static async Task<IResult> AnswerAsync(
        Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var trigger = form.Chosen<RequestTrigger>("Trigger") ?? default;
        var input = new RequestInput
        {
            Trigger = trigger,
            Unread = [.. Unread(form, trigger)],
            Version = form.Number("Version"),
            Day = form.Day("Day"),
            Note = form.Text("Note"),
            Text = form.Text("Text"),
            Days = form.Number("Days"),
            Party = form.Text("Party"),
            PartyKind = form.Chosen<ConsultedParty>("PartyKind") ?? default,
            Opinion = form.Chosen<ConsultedOpinion>("Opinion"),
            Earlier = form.Text("Earlier"),
            KeptFiles = [.. form["KeptFiles"].Select(value => Guid.TryParse(value, out var paper) ? paper : Guid.Empty)],
            FeeMode = form.Chosen<FeeMode>("FeeMode") ?? default,
            Units = form.Number("Units"),
            Outcome = form.Text("Outcome"),
            Grounds = form.Text("Grounds"),
            Content = form.Text("Content"),
            Way = form.Chosen<DeliveryWay>("Way") ?? default,
            Proof = form.Text("Proof"),
            HandlerId = Guid.TryParse(form.Text("HandlerId"), out var colleague) ? colleague : null,
        };
        var taken = await sender.Send(
            new TakeStep(id, input) { Files = await form.FilesAsync("Files", cancellationToken) }, cancellationToken);
        return taken.Succeeded
            ? Results.LocalRedirect($"/console/requests/{id}?done={taken.Value}")
            : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? await ReadRequestEndpoint.AnswerAsync(id, null, null, input, taken.Failure, sender, cancellationToken)
                : taken.Failure.Page();
    }

    // A date or a choice that cannot be read is said to be so: what would stand for it was meant by nobody.
    private static IEnumerable<string> Unread(IFormCollection form, RequestTrigger trigger)
    {
        if (form.Text("Day").Trim().Length > 0 && form.Day("Day") is null)
        {
            yield return "Day";
        }

        if (trigger == RequestTrigger.Consult && form.Chosen<ConsultedParty>("PartyKind") is null)
        {
            yield return "PartyKind";
        }

        if (trigger == RequestTrigger.ProposeFee && form.Chosen<FeeMode>("FeeMode") is null)
        {
            yield return "FeeMode";
        }

        if (trigger == RequestTrigger.Deliver && form.Chosen<DeliveryWay>("Way") is null)
        {
            yield return "Way";
        }
    }
}
