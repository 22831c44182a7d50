using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.AnnualReports.SaveReport;

/// <summary>Keeps what staff typed into a report, or only checks it.</summary>
public sealed record SaveReport : IRequest<Outcome<ReportView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;

    /// <summary>The report.</summary>
    public Guid ReportId { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Numbers as typed, by place.</summary>
    public IReadOnlyDictionary<string, string> Cells { get; init; } = new Dictionary<string, string>();

    /// <summary>Why a number differs from the records, by place.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; init; } = new Dictionary<string, string>();

    /// <summary>A reason for all that differ and have none of their own.</summary>
    public string CommonReason { get; init; } = "";

    /// <summary>Parts in words.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; init; } = new Dictionary<string, string>();

    /// <summary>Show what it comes to, keep nothing.</summary>
    public bool OnlyCheck { get; init; }
}

internal sealed class SaveReportHandler(
    DisclosureDbContext db, ReportScope scope, ReportReader reader, ReportChecks checks, TimeProvider clock,
    IStringLocalizer<ReportText> text) : IRequestHandler<SaveReport, Outcome<ReportView>>
{
    private const int LongestReason = 200;
    private const int LongestSection = 20_000;

    public async Task<Outcome<ReportView>> Handle(SaveReport request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ReportId, request.Version, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (report, _, actor) = found.Value;
        var form = ReportForms.Shipped.Version(report.FormVersion);
        List<FieldError> errors = [];
        var former = report.Cells;
        report.Cells = CellsOf(request, report, form, errors);
        report.Sections = SectionsOf(request, form, errors);
        if (!request.OnlyCheck)
        {
            errors.AddRange(checks.OfReasons(form, report.Cells));
        }

        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        if (request.OnlyCheck)
        {
            return await reader.ViewAsync(found.Value, cancellationToken);
        }

        var now = clock.GetUtcNow();
        report.UpdatedAt = now;
        report.UpdatedBy = actor.Name;
        report.Version++;
        db.Record(Decision.By(
            actor, now, "disclosure.report.saved", report.SiteId, "annual-report", report.Id.ToString(), report.Title,
            OverriddenAnew(form, former, report.Cells)));
        return await db.TrySaveAsync(cancellationToken) is { } failure
            ? failure
            : await reader.ViewAsync(found.Value, cancellationToken);
    }

    // The trail names the numbers that staff set against the records, with their reasons.
    private string? OverriddenAnew(
        ReportForm form, SortedDictionary<string, ReportCell> former, SortedDictionary<string, ReportCell> cells)
    {
        var lines = form.Places
            .Where(place => cells.GetValueOrDefault(place.Key) is { IsOverridden: true } cell && cell != former.GetValueOrDefault(place.Key))
            .Select(place => text[
                "Override.Trail", place.Name, ReportChecks.Show(cells[place.Key].Computed), ReportChecks.Show(cells[place.Key].Value),
                cells[place.Key].Reason ?? ""].Value)
            .Take(20).ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    private SortedDictionary<string, ReportCell> CellsOf(
        SaveReport request, AnnualReport report, ReportForm form, List<FieldError> errors)
    {
        var common = TypedText.Line(request.CommonReason);
        SortedDictionary<string, ReportCell> cells = new(StringComparer.Ordinal);
        foreach (var place in form.Places.Where(place => !place.IsDerived))
        {
            var former = report.Cells.GetValueOrDefault(place.Key) ?? new ReportCell(null);
            if (!request.Cells.TryGetValue(place.Key, out var typed))
            {
                cells[place.Key] = former;
                continue;
            }

            if (!TypedFigure.TryRead(typed, out var value))
            {
                errors.Add(new FieldError(ReportChecks.FieldOf(place.Key), text["Check.NoNumber", place.Name, typed]));
                value = former.Value;
            }

            var cell = former with { Value = value, Reason = null };
            var reason = request.Reasons.TryGetValue(place.Key, out var own) && TypedText.Line(own) is { Length: > 0 } words ? words : common;
            if (reason.Length > LongestReason)
            {
                errors.Add(new FieldError($"Reasons[{place.Key}]", text["Check.ReasonLong", LongestReason]));
            }

            cells[place.Key] = cell.IsOverridden && reason.Length > 0 ? cell with { Reason = reason } : cell;
        }

        return cells;
    }

    private SortedDictionary<string, string> SectionsOf(SaveReport request, ReportForm form, List<FieldError> errors)
    {
        SortedDictionary<string, string> sections = new(StringComparer.Ordinal);
        foreach (var section in form.Sections)
        {
            var words = TypedText.Paragraphs(request.Sections.GetValueOrDefault(section.Code));
            if (words.Length > LongestSection)
            {
                errors.Add(new FieldError($"Sections[{section.Code}]", text["Check.SectionLong", section.Title, LongestSection]));
            }

            if (words.Length > 0)
            {
                sections[section.Code] = words;
            }
        }

        return sections;
    }
}
