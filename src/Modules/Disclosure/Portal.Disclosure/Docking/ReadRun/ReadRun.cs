using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReadRun;

/// <summary>A run with what somebody has to look at.</summary>
public sealed record ReadRun(Guid Id, int Most) : IRequest<Outcome<RunView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

/// <summary>A run as its page shows it.</summary>
public sealed record RunView
{
    /// <summary>Which one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of which unit.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>The unit's name.</summary>
    public required string SourceName { get; init; }

    /// <summary>What it did.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required RunState State { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Why it stopped or failed; of a dry run, what a guard would say.</summary>
    public string? Message { get; init; }

    /// <summary>SHA-256 of the body.</summary>
    public string? BodyHash { get; init; }

    /// <summary>How many items, by result, in the order of the table.</summary>
    public required IReadOnlyList<(string Name, int Count)> Counts { get; init; }

    /// <summary>What somebody has to look at.</summary>
    public required IReadOnlyList<RunItemLine> Lines { get; init; }

    /// <summary>How many there are in all.</summary>
    public required int Total { get; init; }
}

/// <summary>An item of a run.</summary>
public sealed record RunItemLine(int Item, string? IndexNumber, string? Title, ItemResult Result, string? Field, string? Message);

internal sealed class ReadRunHandler(DisclosureDbContext db, SourceScope scope) : IRequestHandler<ReadRun, Outcome<RunView>>
{
    public async Task<Outcome<RunView>> Handle(ReadRun request, CancellationToken cancellationToken)
    {
        var run = await db.DockingRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (run is null)
        {
            return Failure.NotFound;
        }

        var source = await scope.FindAsync(run.SourceId, cancellationToken);
        if (!source.Succeeded)
        {
            return source.Failure;
        }

        var lines = db.DockingRunLines.AsNoTracking().Where(line => line.RunId == run.Id);
        var shown = await lines
            .OrderBy(line => line.Line)
            .Take(request.Most)
            .Select(line => new RunItemLine(line.Item, line.IndexNumber, line.Title, line.Result, line.Field, line.Message))
            .ToListAsync(cancellationToken);
        return new RunView
        {
            Id = run.Id,
            SourceId = run.SourceId,
            SourceName = source.Value.Name,
            Kind = run.Kind,
            State = run.State,
            StartedAt = run.StartedAt,
            FinishedAt = run.FinishedAt,
            Message = run.Message,
            BodyHash = run.BodyHash,
            Counts =
            [
                ("Received", run.Received), ("Added", run.Added), ("Updated", run.Updated), ("Unchanged", run.Unchanged),
                ("Withdrawn", run.Withdrawn), ("Stale", run.Stale), ("Rejected", run.Rejected), ("Quarantined", run.Quarantined),
            ],
            Lines = shown,
            Total = shown.Count < request.Most ? shown.Count : await lines.CountAsync(cancellationToken),
        };
    }
}

/// <summary>Names of the fields that lines of a run are about.</summary>
internal static class RunFields
{
    /// <summary>What staff call the field; its path is for whoever mends the system at the other side.</summary>
    public static string? NameOf(string? path, IStringLocalizer<DockingText> text, IStringLocalizer<DirectoryText> names) =>
        path is null ? null
        : path[(path.LastIndexOf('.') + 1)..] is var key && path.Contains(".metadata.", StringComparison.Ordinal)
            ? names["Element." + key] is { ResourceNotFound: false } element ? element.Value : null
        : text["Field." + key] is { ResourceNotFound: false } field ? field.Value
        : null;
}

internal sealed class ReadRunEndpoint : ICarterModule
{
    private const int Shown = 200;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/docking/runs/{run:guid}", async (
            Guid run, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadRun(run, Shown), cancellationToken);
            return read.Succeeded ? ReadRunPage.Render(read.Value) : read.Failure.Page();
        });
        app.MapConsolePage("/console/docking/runs/{run:guid}/lines.csv", async (
            Guid run, ISender sender, IStringLocalizer<DockingText> text, IStringLocalizer<DirectoryText> names,
            CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadRun(run, int.MaxValue), cancellationToken);
            return read.Succeeded
                ? Results.File(Csv(read.Value, text, names), CsvTable.MediaType, NameOf(read.Value, text))
                : read.Failure.Page();
        });
    }

    private static string NameOf(RunView view, IStringLocalizer<DockingText> text) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{view.SourceName}{text["Kind." + view.Kind].Value}{BeijingTime.In(view.StartedAt):yyyyMMdd-HHmm}.csv");

    private static byte[] Csv(RunView view, IStringLocalizer<DockingText> text, IStringLocalizer<DirectoryText> names) => CsvTable.Write(
    [
        [text["Line.Item"], text["IndexNumber"], text["Line.Title"], text["Line.Result"], text["Line.Field"], text["Line.Path"], text["Line.Message"]],
        .. view.Lines.Select(line => (string?[])
        [
            (line.Item + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), line.IndexNumber, line.Title,
            text["Result." + line.Result], RunFields.NameOf(line.Field, text, names), line.Field, line.Message,
        ]),
    ]);
}
