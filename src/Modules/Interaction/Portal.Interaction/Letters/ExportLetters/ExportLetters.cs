using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.ExportLetters;

/// <summary>A list as a workbook: the lines that the list shows, nobody's name. That somebody took it away is recorded.</summary>
public sealed record ExportLetters : LetterFilter, IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <summary>Lines of one workbook, the newest first.</summary>
    public const int MostLines = 20_000;

    // Three permissions lead here; the handler asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class ExportLettersHandler(
    InteractionDbContext db, LetterSetsOf setsOf, LetterRows rows, ICurrentActor current, ICurrentSite currentSite,
    IStringLocalizer<DeskText> text, IStringLocalizer<LetterText> names, TimeProvider clock)
    : IRequestHandler<ExportLetters, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportLetters request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (setsOf.For(actor) is not { } own)
        {
            return Failure.Forbidden;
        }

        var (sets, _, today) = own;
        var set = request.Set is { } asked && sets.Shown.Contains(asked) ? asked : sets.First;
        var lines = await rows.ReadAsync(
            LetterRows.Filtered(sets.Of(set), request, today).OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id)
                .Take(ExportLetters.MostLines),
            today, cancellationToken);
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(lines.Select(Row), sheetName: text["List.Title"], cancellationToken: cancellationToken);
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.letter.exported", site.Id, "letters", set.ToString(), text["Set." + set],
            null, null, ("set", set.ToString()), ("lines", lines.Count.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    // Every cell is a text: what a title begins with never becomes a formula.
    private Dictionary<string, object> Row(LetterRow row) => new()
    {
        [text["Column.Number"]] = row.Number,
        [text["Column.Subject"]] = row.Subject,
        [text["Column.Kind"]] = names["Kind." + row.Kind].Value,
        [text["Column.Channel"]] = names["Channel." + row.Channel].Value,
        [text["Column.Site"]] = row.SiteName,
        [text["Column.Mailbox"]] = row.Mailbox,
        [text["Column.State"]] = names["State." + row.State].Value,
        [text["Column.Unit"]] = row.LeadName ?? "",
        [text["Column.Handler"]] = row.HandlerName ?? "",
        [text["Column.At"]] = BeijingTime.Minute(row.SubmittedAt),
        [text["Column.DueOn"]] = Day(row.DueOn),
        [text["Column.RepliedOn"]] = Day(row.RepliedOn),
        [text["Column.Rating"]] = row.Rating?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Sent as a form, because it is recorded.</summary>
internal sealed class ExportLettersEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/export", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var exported = await sender.Send(
                new ExportLetters
                {
                    Set = form.Chosen<LetterSet>("set"),
                    Kind = form.Chosen<LetterKind>("kind"),
                    MailboxId = form.Id("mailbox"),
                    Age = form.Number("age"),
                    Text = form.Text("q"),
                },
                cancellationToken);
            return exported.Succeeded ? Results.File(exported.Value, Workbook, "letters.xlsx") : exported.Failure.Page();
        });
}
