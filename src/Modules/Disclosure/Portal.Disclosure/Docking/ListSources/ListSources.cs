using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ListSources;

/// <summary>The docked units that I answer for, and how they are.</summary>
public sealed record ListSources : IRequest<Outcome<SourceList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

/// <summary>All units, and how many records wait in quarantine.</summary>
public sealed record SourceList(IReadOnlyList<SourceLine> Lines, int Quarantined);

/// <summary>A unit in numbers.</summary>
public sealed record SourceLine
{
    /// <summary>Which one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The site it belongs to.</summary>
    public required string SiteName { get; init; }

    /// <summary>How it exchanges.</summary>
    public required SourceMode Mode { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceState State { get; init; }

    /// <summary>The last sequence that is in; null: it has none.</summary>
    public long? Cursor { get; init; }

    /// <summary>How many changes it is behind.</summary>
    public long? Lag { get; init; }

    /// <summary>Records that stand.</summary>
    public int Records { get; init; }

    /// <summary>Records in quarantine.</summary>
    public int Quarantined { get; init; }

    /// <summary>Records refused in the last thirty days.</summary>
    public int Rejected { get; init; }

    /// <summary>Failures in a row, and differences of the last reconciliation.</summary>
    public int Trouble { get; init; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset? LastContactAt { get; init; }

    /// <summary>Days of silence when it is too long.</summary>
    public int? SilentDays { get; init; }
}

internal sealed class ListSourcesHandler(
    DisclosureDbContext db, SourceScope scope, ISettings settings, TimeProvider clock)
    : IRequestHandler<ListSources, Outcome<SourceList>>
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<Outcome<SourceList>> Handle(ListSources request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - Lately;
        var rows = await scope.Mine.AsNoTracking()
            .OrderBy(source => source.Name)
            .Select(source => new
            {
                Source = source,
                Records = db.DockedRecords.Count(record =>
                    record.SourceId == source.Id && record.State == RecordState.Applied && !record.Withdrawn),
                Quarantined = db.DockingQuarantine.Count(item => item.SourceId == source.Id && item.DecidedAt == null),
                Rejected = db.DockingRuns.Where(run =>
                    run.SourceId == source.Id && run.StartedAt > since && run.Kind != RunKind.DryRun).Sum(run => run.Rejected),
            })
            .ToListAsync(cancellationToken);
        return new SourceList(
            [
                .. rows.Select(row => new SourceLine
                {
                    Id = row.Source.Id,
                    Name = row.Source.Name,
                    SiteName = scope.NameOf(row.Source.SiteId),
                    Mode = row.Source.Mode,
                    State = row.Source.State,
                    Cursor = row.Source.Mode == SourceMode.Pull ? row.Source.Cursor : null,
                    Lag = row.Source.Mode == SourceMode.Pull ? Math.Max(0, row.Source.HeadSequence - row.Source.Cursor) : null,
                    Records = row.Records,
                    Quarantined = row.Quarantined,
                    Rejected = row.Rejected,
                    Trouble = row.Source.Failures + row.Source.Differences,
                    LastContactAt = row.Source.LastContactAt,
                    SilentDays = row.Source.SilentDays(now) is { } days
                        && days >= settings.For<DisclosureSettings>(row.Source.SiteId).DockingSilentDays ? days : null,
                }),
            ],
            rows.Sum(row => row.Quarantined));
    }
}

internal sealed class ListSourcesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/docking", async (ISender sender, CancellationToken cancellationToken) =>
        {
            var list = await sender.Send(new ListSources(), cancellationToken);
            return list.Succeeded ? ListSourcesPage.Render(list.Value) : list.Failure.Page();
        });
}
