using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Interaction.ErrorReports.ListErrorReports;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.ExportErrorReports;

/// <summary>A list as a workbook: the lines that the list shows. That somebody took it away is recorded.</summary>
public sealed record ExportErrorReports : ErrorReportFilter, IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <summary>Lines of one workbook, the newest first.</summary>
    public const int MostLines = 20_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.HandleErrorReports;
}

internal sealed class ExportErrorReportsHandler(
    InteractionDbContext db, ErrorSetsOf setsOf, ErrorRows rows, ICurrentActor current, ICurrentSite currentSite,
    IStringLocalizer<ErrorDeskText> text, IStringLocalizer<ErrorReportText> names, TimeProvider clock)
    : IRequestHandler<ExportErrorReports, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportErrorReports request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || setsOf.For(actor) is not { } sets)
        {
            return Failure.Forbidden;
        }

        var lines = await ErrorRows.Filtered(sets.Of(request.Set), request)
            .OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id)
            .Take(ExportErrorReports.MostLines).ToListAsync(cancellationToken);
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(
            lines.Select(line => Row(rows.Of(line, sets.Today))), sheetName: text["List.Title"], cancellationToken: cancellationToken);
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.error-report.exported", site.Id, "error-reports", request.Set.ToString(),
            text["Set." + request.Set], null, null, ("set", request.Set.ToString()),
            ("lines", lines.Count.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    // Every cell is a text: what a title begins with never becomes a formula.
    private Dictionary<string, object> Row(ErrorReportRow row) => new()
    {
        [text["Column.Number"]] = row.Number,
        [text["Column.Page"]] = row.Page,
        [text["Column.Kind"]] = names["Kind." + row.Kind].Value,
        [text["Column.Source"]] = text["Source." + row.Source].Value,
        [text["Column.Site"]] = row.SiteName,
        [text["Column.State"]] = names["State." + row.State].Value,
        [text["Column.Result"]] = row.Result is { } result ? names["Result." + result].Value : "",
        [text["Column.Unit"]] = row.UnitName ?? "",
        [text["Column.Handler"]] = row.HandlerName ?? "",
        [text["Column.At"]] = BeijingTime.Minute(row.SubmittedAt),
        [text["Column.Due"]] = Day(row.DueOn),
        [text["Column.AnsweredOn"]] = Day(row.AnsweredOn),
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Sent as a form, because it is recorded.</summary>
internal sealed class ExportErrorReportsEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/error-reports/export", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var exported = await sender.Send(
                new ExportErrorReports
                {
                    Set = form.Chosen<ErrorSet>("set") ?? ErrorSet.All,
                    Kind = form.Chosen<ErrorKind>("kind"),
                    Text = form.Text("q"),
                },
                cancellationToken);
            return exported.Succeeded ? Results.File(exported.Value, Workbook, "error-reports.xlsx") : exported.Failure.Page();
        });
}
