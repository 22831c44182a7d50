using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.ReadErrorReport;

/// <summary>The page of a report.</summary>
internal sealed class ReadErrorReportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/error-reports/{report:guid}", async (
            Guid report, string? done, string? act, ISender sender, IStringLocalizer<ErrorDeskText> text,
            IStringLocalizer<ErrorReportText> names, CancellationToken cancellationToken) =>
            await AnswerAsync(
                report,
                ListLettersEndpoint.Named<ErrorTrigger>(done) is { } taken ? text["Done", names["Trigger." + taken].Value].Value : null,
                null, null, null, sender, cancellationToken, ListLettersEndpoint.Named<ErrorTrigger>(act)));

    internal static async Task<IResult> AnswerAsync(
        Guid id, string? done, WrittenReport? revealed, ErrorInput? typed, Failure? failure, ISender sender,
        CancellationToken cancellationToken, ErrorTrigger? act = null)
    {
        var view = await sender.Send(new ReadErrorReport(id), cancellationToken);
        return view.Succeeded ? ReadErrorReportPage.Of(view.Value, done, revealed, typed, failure, act) : view.Failure.Page();
    }
}
