using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.AnnualReports.ReadReport;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.SaveReport;

/// <summary>Takes the form of a report: to keep it, or to check it only.</summary>
internal sealed class SaveReportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/annual-reports/{report:guid}", SaveAsync);

    private static async Task<IResult> SaveAsync(
        Guid report, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var typed = new SaveReport
        {
            ReportId = report,
            Version = form.Number("Version"),
            Cells = Named(form, "Cells["),
            Reasons = Named(form, "Reasons["),
            CommonReason = form.Text("CommonReason"),
            Sections = Named(form, "Sections["),
            OnlyCheck = form.Text("Act") == "check",
        };
        var saved = await sender.Send(typed, cancellationToken);
        if (saved.Succeeded)
        {
            return typed.OnlyCheck
                ? ReadReportPage.Of(saved.Value, typed, done: "checked")
                : Results.LocalRedirect($"/console/annual-reports/{report}?done=saved");
        }

        var read = saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
            ? await sender.Send(new ReadReport.ReadReport(report), cancellationToken)
            : null;
        return read is { Succeeded: true }
            ? ReadReportPage.Of(read.Value, typed, saved.Failure.Errors, status: saved.Failure.Status())
            : (read?.Failure ?? saved.Failure).Page();
    }

    private static Dictionary<string, string> Named(IFormCollection form, string prefix) => form.Keys
        .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && key.EndsWith(']'))
        .ToDictionary(key => key[prefix.Length..^1], key => form[key].ToString(), StringComparer.Ordinal);
}
