using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory.ReadPlatform;
using Portal.Publishing.Contracts;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.AnnualReports;

/// <summary>A report as staff see it.</summary>
public sealed record ReportView
{
    /// <summary>The report.</summary>
    public required Guid Id { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Its year.</summary>
    public required int Year { get; init; }

    /// <summary>Its form.</summary>
    public required ReportForm Form { get; init; }

    /// <summary>Numbers by place, the derived ones too.</summary>
    public required IReadOnlyDictionary<string, ReportCell> Cells { get; init; }

    /// <summary>Parts in words.</summary>
    public required IReadOnlyDictionary<string, string> Sections { get; init; }

    /// <summary>What the sixth section begins with.</summary>
    public required string Fees { get; init; }

    /// <summary>What the last filling moved.</summary>
    public required IReadOnlyList<FigureMove> Moves { get; init; }

    /// <summary>When it was filled in from the records.</summary>
    public required DateTimeOffset FilledAt { get; init; }

    /// <summary>Where it is.</summary>
    public required ReportStage Stage { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>How it stands to that day.</summary>
    public required ReportTiming Timing { get; init; }

    /// <summary>What keeps it from being submitted.</summary>
    public required IReadOnlyList<FieldError> Failures { get; init; }

    /// <summary>Last year's report is published here.</summary>
    public required bool HasPrevious { get; init; }

    /// <summary>The edition under review or public.</summary>
    public Guid? EditionId { get; init; }

    /// <summary>Address of the public page.</summary>
    public string? Address { get; init; }

    /// <summary>What was submitted, newest first.</summary>
    public required IReadOnlyList<SubmissionLine> Submissions { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Who saved it last, and when.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When it was saved last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A submission.</summary>
public sealed record SubmissionLine(int Number, string Person, string Unit, DateTimeOffset At, string Hash, bool IsPublished);

/// <summary>Reads reports with what Publishing knows of them.</summary>
internal sealed class ReportReader(
    DisclosureDbContext db, ISender sender, ReportFigures figures, ReportChecks checks, ReportBody body, ISites sites, TimeProvider clock)
{
    public async Task<EditedDocument?> DocumentAsync(AnnualReport report, CancellationToken cancellationToken) =>
        await sender.Send(new GetEditedDocuments([report.DocumentId]), cancellationToken) is [var document, ..] ? document : null;

    /// <summary>The channel 政府信息公开年报 of the site; null where it has none (P-04).</summary>
    public async Task<ChannelSummary?> ChannelAsync(Guid siteId, CancellationToken cancellationToken) =>
        (await sender.Send(new GetChannels(siteId), cancellationToken))
            .FirstOrDefault(channel => PlatformParts.Serves(channel.Name, PlatformPart.AnnualReports));

    public async Task<ReportView> ViewAsync(ReachedReport reached, CancellationToken cancellationToken)
    {
        var (report, site, _) = reached;
        var form = ReportForms.Shipped.Version(report.FormVersion);
        var previous = await figures.PreviousAsync(report.SiteId, report.Year, cancellationToken);
        var document = await DocumentAsync(report, cancellationToken);
        var submissions = await db.ReportSubmissions.AsNoTracking().Where(row => row.ReportId == report.Id)
            .OrderByDescending(row => row.Number)
            .Select(row => new { row.Id, row.Number, row.PersonName, row.Unit, row.At, row.ContentHash })
            .ToListAsync(cancellationToken);
        var published = await db.ReportPublications.AsNoTracking().Where(row => row.ReportId == report.Id)
            .Select(row => row.SubmissionId).ToListAsync(cancellationToken);
        var due = ReportDue.Of(site, report.Year);
        return new ReportView
        {
            Id = report.Id,
            Title = report.Title,
            Year = report.Year,
            Form = form,
            Cells = AllCells(form, report.Cells),
            Sections = report.Sections,
            Fees = body.FeesOf(report.Year, report.Fees),
            Moves = report.Moves,
            FilledAt = report.FilledAt,
            Stage = ReportStages.Of(report, document),
            Due = due,
            Timing = TimingOf(report, due),
            Failures = Failures(form, report.Cells, report.Sections, previous),
            HasPrevious = previous is not null,
            EditionId = document?.EditionId,
            Address = report is { PublishedId: not null, PublishedPath: { } path } ? sites.AddressOf(site, path).ToString() : null,
            Submissions =
            [
                .. submissions.Select(row => new SubmissionLine(
                    row.Number, row.PersonName, row.Unit, row.At, row.ContentHash, published.Contains(row.Id))),
            ],
            Version = report.Version,
            UpdatedBy = report.UpdatedBy,
            UpdatedAt = report.UpdatedAt,
        };
    }

    public ReportTiming TimingOf(AnnualReport? report, DateOnly due) => ReportDue.TimingOf(
        due, report?.Year ?? due.Year - 1,
        report is { PublishedId: not null, FirstPublishedAt: { } at } ? BeijingTime.Date(at) : null,
        BeijingTime.Date(clock.GetUtcNow()));

    /// <summary>Everything that keeps a report from being submitted.</summary>
    public IReadOnlyList<FieldError> Failures(
        ReportForm form, IReadOnlyDictionary<string, ReportCell> cells, IReadOnlyDictionary<string, string> sections,
        Figures? previous) =>
        [.. checks.Of(form, FiguresOf(form, cells), previous), .. checks.OfSections(form, sections), .. checks.OfReasons(form, cells)];

    /// <summary>All numbers with what follows from them.</summary>
    public static SortedDictionary<string, ReportCell> AllCells(ReportForm form, IReadOnlyDictionary<string, ReportCell> cells)
    {
        var values = FiguresOf(form, cells);
        SortedDictionary<string, ReportCell> all = new(StringComparer.Ordinal);
        foreach (var place in form.Places)
        {
            all[place.Key] = cells.GetValueOrDefault(place.Key) ?? new ReportCell(values[place.Key]);
        }

        return all;
    }

    private static Figures FiguresOf(ReportForm form, IReadOnlyDictionary<string, ReportCell> cells) =>
        new Figures(cells.ToDictionary(cell => cell.Key, cell => cell.Value.Value)).Completed(form);
}
