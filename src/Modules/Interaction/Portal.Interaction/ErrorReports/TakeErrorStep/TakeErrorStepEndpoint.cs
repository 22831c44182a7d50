using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.ErrorReports.ReadErrorReport;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.TakeErrorStep;

/// <summary>Takes the forms of a report's page.</summary>
internal sealed class TakeErrorStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/error-reports/{report:guid}/steps", async (
            Guid report, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = new ErrorInput
            {
                Trigger = form.Chosen<ErrorTrigger>("Trigger") ?? default,
                Version = form.Number("Version"),
                Note = form.Text("Note"),
                UnitSiteId = form.Id("UnitSiteId"),
                Result = form.Chosen<ErrorResult>("Result"),
                Text = form.Text("Text"),
                Into = form.Text("Into"),
                Sure = form.Flag("Sure"),
            };
            var taken = await sender.Send(new TakeErrorStep(report, input, form.Flag("WithEdition")), cancellationToken);
            return taken.Succeeded ? await AfterAsync(report, taken.Value, sender, cancellationToken)
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadErrorReportEndpoint.AnswerAsync(report, null, null, input, taken.Failure, sender, cancellationToken)
                    : taken.Failure.Page();
        });

    // Who has given a report back may see it no more.
    private static async Task<IResult> AfterAsync(Guid report, ErrorTrigger taken, ISender sender, CancellationToken cancellationToken) =>
        taken != ErrorTrigger.Return || (await sender.Send(new ReadErrorReport.ReadErrorReport(report), cancellationToken)).Succeeded
            ? Results.LocalRedirect($"/console/error-reports/{report}?done={taken}")
            : Results.LocalRedirect("/console/error-reports?set=ToHandle");
}
