using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Interaction.HotTopics.ListTopics;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ExportTopics;

/// <summary>A list as a workbook: the lines that the list shows. That somebody took it away is recorded.</summary>
public sealed record ExportTopics : TopicFilter, IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <summary>Lines of one workbook, the newest first.</summary>
    public const int MostLines = 20_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

internal sealed class ExportTopicsHandler(
    InteractionDbContext db, TopicSetsOf setsOf, TopicRows rows, ICurrentActor current, ICurrentSite currentSite,
    IStringLocalizer<TopicDeskText> text, IStringLocalizer<TopicText> names) : IRequestHandler<ExportTopics, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportTopics request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || setsOf.For(actor) is not { } sets)
        {
            return Failure.Forbidden;
        }

        var lines = await TopicRows.Filtered(sets.Of(request.Set), request)
            .OrderByDescending(row => row.NoticedAt).ThenByDescending(row => row.Id)
            .Take(ExportTopics.MostLines).ToListAsync(cancellationToken);
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(
            lines.Select(line => Row(rows.Of(line, sets.Now))), sheetName: text["List.Title"], cancellationToken: cancellationToken);
        db.Record(Decision.By(
            actor, sets.Now, "interaction.hot-topic.exported", site.Id, "hot-topics", request.Set.ToString(), text["Set." + request.Set], null,
            null, ("set", request.Set.ToString()), ("lines", lines.Count.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    // Every cell is a text: what a title begins with never becomes a formula.
    private Dictionary<string, object> Row(TopicRow row) => new()
    {
        [text["Column.Number"]] = row.Number,
        [text["Column.Title"]] = row.Title,
        [text["Column.Site"]] = row.SiteName,
        [text["Column.State"]] = names["State." + row.State].Value,
        [text["Column.Severity"]] = row.Severity is { } severity ? names["Severity." + severity].Value : "",
        [text["Column.Need"]] = row.Need is { } need ? names["Need." + need].Value : "",
        [text["Column.Unit"]] = row.UnitName ?? "",
        [text["Column.Handler"]] = row.HandlerName ?? "",
        [text["Column.Noticed"]] = BeijingTime.Minute(row.NoticedAt),
        [names["Part.Statement"]] = Time(row.StatementAt),
        [names["Part.Briefing"]] = Time(row.BriefingAt),
        [text["Column.Due"]] = row.Due?.Words ?? (row.StatementAt is null ? "" : text[row.WasLate ? "Due.DoneLate" : "Due.Done"].Value),
    };

    private static string Time(DateTimeOffset? at) => at is { } known ? BeijingTime.Minute(known) : "";
}

/// <summary>Sent as a form, because it is recorded.</summary>
internal sealed class ExportTopicsEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/hot-topics/export", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var exported = await sender.Send(
                new ExportTopics
                {
                    Set = form.Chosen<TopicSet>("set") ?? TopicSet.All,
                    Severity = form.Chosen<TopicSeverity>("severity"),
                    Text = form.Text("q"),
                },
                cancellationToken);
            return exported.Succeeded ? Results.File(exported.Value, Workbook, "hot-topics.xlsx") : exported.Failure.Page();
        });
}
