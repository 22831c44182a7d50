using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.HotTopics.Signals.ImportSignals;

/// <summary>Reads a table of signals, and takes what can be taken when that is asked for. Sent twice, it makes nothing twice.</summary>
public sealed record ImportSignals : IRequest<Outcome<ImportReport>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public byte[] Content { get; init; } = [];

    /// <summary>Take it; else it is only read.</summary>
    public bool Take { get; init; }
}

/// <summary>A line as the preview shows it.</summary>
public sealed record ImportLine(int Line, string Title, string SiteName, DateTimeOffset NoticedAt, string Origin, int? Count, bool Known);

/// <summary>What was found in a table.</summary>
/// <param name="Lines">The lines that can be taken.</param>
/// <param name="Faults">What is wrong, by line and column.</param>
/// <param name="Raised">How many were taken; null when it was only read.</param>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines, IReadOnlyList<TableFault> Faults, int? Raised);

internal sealed class ImportSignalsHandler(
    InteractionDbContext db, SignalTable table, SignalWriter writer, ICurrentActor current, ICurrentSite currentSite, TimeProvider clock,
    IStringLocalizer<SignalText> text)
    : IRequestHandler<ImportSignals, Outcome<ImportReport>>
{
    public async Task<Outcome<ImportReport>> Handle(ImportSignals request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Can(Permission.ManageHotTopics, site))
        {
            return Failure.Forbidden;
        }

        if (request.Content.Length == 0)
        {
            return Failure.Invalid("File", text["Import.NoFile"]);
        }

        var (rows, faults) = table.Read(request.Content, site, actor);
        var prints = rows.Select(row => row.Signal.Fingerprint).ToArray();
        var known = (await db.Signals.AsNoTracking().Where(row => prints.Contains(row.Fingerprint))
            .Select(row => new { row.SiteId, row.Fingerprint }).ToListAsync(cancellationToken))
            .Select(row => (row.SiteId, row.Fingerprint)).ToHashSet();
        // A second line of the same in one table is known by its first.
        var lines = rows.Select(row => new ImportLine(
            row.Line, row.Signal.Title, row.Site.Name, row.Signal.At ?? clock.GetUtcNow(), row.Signal.Evidence.Origin ?? "",
            row.Signal.Evidence.Count, !known.Add((row.Site.Id, row.Signal.Fingerprint)))).ToList();
        if (!request.Take)
        {
            return new ImportReport(lines, faults, null);
        }

        if (rows.Count > 0)
        {
            db.Record(Decision.By(
                actor, clock.GetUtcNow(), "interaction.signal.imported", site.Id, "site", site.Id.ToString(), site.Name, null, null,
                ("rows", rows.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("faults", faults.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        return new ImportReport(lines, faults, await writer.RaiseAsync([.. rows.Select(row => row.Signal)], actor, cancellationToken));
    }
}
