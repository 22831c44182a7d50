using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using Portal.Disclosure.Requests.ListRequests;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests.ExportRegister;

/// <summary>
/// The register of requests 依申请公开登记台账 as a workbook: a line for each case that the list shows, with its limits and
/// its answer. Like the list it says nothing of who asked.
/// </summary>
public sealed record ExportRegister : IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;

    public RequestSet Set { get; init; }

    public Guid? SiteId { get; init; }

    /// <summary>Part of a number or title.</summary>
    public string Text { get; init; } = "";
}

internal sealed class ExportRegisterHandler(
    DisclosureDbContext db, RequestCalendars calendars, ISites sites, ISettings settings, ICurrentActor current, TimeProvider clock,
    IStringLocalizer<RequestText> text) : IRequestHandler<ExportRegister, Outcome<byte[]>>
{
    /// <summary>Cases of a workbook at most, the newest ones.</summary>
    public const int Most = 20_000;

    private const int ChunkSize = 500;

    public async Task<Outcome<byte[]>> Handle(ExportRegister request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var now = clock.GetUtcNow();
        var mine = RequestScope.SitesOf(actor, sites);
        var sets = new RequestSets(calendars, settings, actor.Id, BeijingTime.Date(now));
        var cases = await ListRequestsHandler
            .Narrowed(
                sets.Of(request.Set, db.Requests.AsNoTracking().Where(row => mine.Contains(row.SiteId)), mine), request.SiteId, request.Text)
            .OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id).Take(Most + 1).ToListAsync(cancellationToken);
        var isCut = cases.Count > Most;
        List<Dictionary<string, object?>> lines = [];
        foreach (var chunk in cases.Take(Most).Chunk(ChunkSize))
        {
            var ids = chunk.Select(row => row.Id).ToList();
            var steps = (await db.RequestEvents.AsNoTracking().Where(row => ids.Contains(row.RequestId))
                .OrderBy(row => row.Sequence).ToListAsync(cancellationToken)).ToLookup(row => row.RequestId);
            lines.AddRange(chunk.Select(row => Line(new RequestCase(row, [.. steps[row.Id]], calendars.Of(row.SiteId)), now)));
        }

        Dictionary<string, object> sheets = new()
        {
            [text["Ledger.Title"]] = lines,
            [text["Ledger.About"]] = new List<Dictionary<string, object?>>
            {
                Note(text["Ledger.Made"], BeijingTime.Minute(now)),
                Note(text["Ledger.Set"], text["Set." + request.Set]),
                Note(text["Ledger.Count"], lines.Count.ToString(CultureInfo.InvariantCulture)),
                Note(text["Ledger.Late"], text["Ledger.Late.What"]),
                Note(text["Ledger.Limit"], text[isCut ? "Ledger.Cut" : "Ledger.Whole", Most]),
            },
        };
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(
            sheets, configuration: new OpenXmlConfiguration { EnableAutoWidth = true, FastMode = true }, cancellationToken: cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    private Dictionary<string, object?> Line(RequestCase found, DateTimeOffset now)
    {
        var row = found.Request;
        var reply = found.Reply;
        var outcome = ReplyRows.Current.Find(row.Outcome);
        var delivered = found.Last(RequestTrigger.Deliver);
        return new()
        {
            [text["Column.Number"]] = row.Number,
            [text["Column.Site"]] = sites.ById(row.SiteId)?.Name,
            [text["Receipt.Organisation"]] = row.OrganisationName,
            [text["Label.Channel"]] = text["Channel." + row.Channel].Value,
            [text["Column.Applicant"]] = text["Applicant." + row.ApplicantKind].Value,
            [text["Column.Title"]] = Masking.InText(row.Title),
            [text["Label.Reference"]] = row.DocumentNumber,
            [text["Ledger.Submitted"]] = BeijingTime.Minute(row.SubmittedAt),
            [text["Ledger.Received"]] = Day(found.ReceivedOn),
            [text["Column.State"]] = text["State." + row.State].Value,
            [text["Column.Handler"]] = row.HandlerName,
            [text["Ledger.Corrected"]] = Day(found.Last(RequestTrigger.AskCorrection)?.Day),
            [text["Ledger.Consulted"]] = Day(found.Last(RequestTrigger.Consult)?.Day),
            [text["Ledger.Extended"]] = Day(found.Last(RequestTrigger.GrantExtension)?.Day),
            [text["Ledger.Due"]] = Day(reply?.DueOn),
            [text["Ledger.IsLate"]] = reply is null ? null : text[reply.IsLate(now) ? "Ledger.Yes" : "Ledger.No"].Value,
            [text["Ledger.Answered"]] = Day(found.Last(RequestTrigger.ApproveAnswer)?.Day),
            [text["Label.Outcome"]] = outcome is null ? null : $"{outcome.Code} {outcome.Name}",
            [text["Label.Way"]] = delivered is null ? null : text["Delivery." + delivered.Facts.GetValueOrDefault("way", "Online")].Value,
            [text["Ledger.Delivered"]] = Day(delivered?.Day),
            [text["Ledger.Closed"]] = Day(row.ClosedOn),
        };
    }

    private Dictionary<string, object?> Note(string what, string words) => new()
    {
        [text["Ledger.What"]] = what,
        [text["Ledger.Words"]] = words,
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
