using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Audit.Trail;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Audit.Register.ExportReviews;

/// <summary>The register as a workbook. That somebody took it away is itself recorded.</summary>
public sealed record ExportReviews : RegisterFilter, IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <summary>Lines of one workbook, the newest first.</summary>
    public const int MostLines = 50_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadTrail;
}

internal sealed class ExportReviewsValidator : AbstractValidator<ExportReviews>
{
    private const int LongestText = 200;

    public ExportReviewsValidator()
    {
        RuleFor(filter => filter.Person).MaximumLength(LongestText);
        RuleFor(filter => filter.Title).MaximumLength(LongestText);
        RuleFor(filter => filter.Stage).MaximumLength(LongestText);
    }
}

internal sealed class ExportReviewsHandler(
    AuditDbContext db,
    ReviewRegister register,
    TrailScope scope,
    ICurrentActor current,
    TimeProvider clock,
    IStringLocalizer<AuditText> text) : IRequestHandler<ExportReviews, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportReviews request, CancellationToken cancellationToken)
    {
        var entries = await register.Matching(request)
            .OrderByDescending(entry => entry.Index)
            .Take(ExportReviews.MostLines)
            .ToListAsync(cancellationToken);
        var lines = entries.Select(entry => EntryLine.Of(entry, scope)).ToList();
        var channels = await register.ChannelNamesAsync(lines, cancellationToken);
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(
            lines.Select(line => Row(line, channels)), sheetName: text["Register.Title"], cancellationToken: cancellationToken);
        await RecordAsync(lines.Count, cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    // Every cell is a text: what a title begins with never becomes a formula.
    private Dictionary<string, object> Row(EntryLine line, IReadOnlyDictionary<string, string> channels) => new()
    {
        [text["Column.Index"]] = line.Index.ToString(CultureInfo.InvariantCulture),
        [text["Column.At"]] = BeijingTime.Minute(line.OccurredAt),
        [text["Column.Site"]] = line.SiteName ?? "",
        [text["Column.Channel"]] = channels.GetValueOrDefault(line.Facts.GetValueOrDefault("channel") ?? "") ?? "",
        [text["Column.Title"]] = line.ObjectTitle ?? "",
        [text["Column.Edition"]] = line.Facts.GetValueOrDefault("number") ?? "",
        [text["Column.Stage"]] = text.Action(line.Action),
        [text["Fact.secrecy"]] = line.Facts.TryGetValue("secrecy", out var secrecy) ? text.FactValue(secrecy) : "",
        [text["Column.Person"]] = text.Actor(line),
        [text["Column.Unit"]] = line.ActorUnit ?? "",
        [text["Column.Opinion"]] = line.Opinion ?? "",
        [text["Column.ContentHash"]] = line.ContentHash ?? "",
        [text["Column.Decision"]] = line.DecisionId.ToString(),
    };

    private async Task RecordAsync(int lines, CancellationToken cancellationToken)
    {
        db.Record(Decision.By(
            current.Actor, clock.GetUtcNow(), "audit.register.exported", null, "register", "reviews", null, null, null,
            ("lines", lines.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
    }
}
