using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReadSource;

/// <summary>A docked unit: its state, its credentials, what has come from it.</summary>
public sealed record ReadSource(Guid Id) : IRequest<Outcome<SourceView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

/// <summary>A unit as its page shows it.</summary>
public sealed record SourceView
{
    /// <summary>Which one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The site it belongs to.</summary>
    public required string SiteName { get; init; }

    /// <summary>Key of the directory.</summary>
    public required string DirectoryKey { get; init; }

    /// <summary>How it exchanges.</summary>
    public required SourceMode Mode { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceState State { get; init; }

    /// <summary>Why a guard holds it.</summary>
    public string? HeldFor { get; init; }

    /// <summary>The dry run to be judged.</summary>
    public Guid? TrialRunId { get; init; }

    /// <summary>Where its feed is.</summary>
    public string? FeedAddress { get; init; }

    /// <summary>The last sequence that is in.</summary>
    public long Cursor { get; init; }

    /// <summary>The newest that the other side has told of.</summary>
    public long HeadSequence { get; init; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset? LastContactAt { get; init; }

    /// <summary>The last failure, if it goes on.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When both sides were last compared.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    /// <summary>What was found then.</summary>
    public int Differences { get; init; }

    /// <summary>Its credentials, the newest first.</summary>
    public required IReadOnlyList<CredentialLine> Credentials { get; init; }

    /// <summary>Its last runs, the newest first.</summary>
    public required IReadOnlyList<RunLine> Runs { get; init; }
}

/// <summary>A credential as lists show it.</summary>
public sealed record CredentialLine(
    Guid Id, string KeyId, CredentialDirection Direction, DateTimeOffset IssuedAt, string IssuedBy, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt, bool Expired);

/// <summary>A run as lists show it.</summary>
public sealed record RunLine(
    Guid Id, RunKind Kind, RunState State, DateTimeOffset At, int Received, int Added, int Updated, int Withdrawn, int Rejected,
    int Quarantined);

internal sealed class ReadSourceHandler(DisclosureDbContext db, SourceScope scope, ISites sites, TimeProvider clock)
    : IRequestHandler<ReadSource, Outcome<SourceView>>
{
    private const int Runs = 30;

    public async Task<Outcome<SourceView>> Handle(ReadSource request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (source, now) = (found.Value, clock.GetUtcNow());
        return new SourceView
        {
            Id = source.Id,
            Key = source.Key,
            Name = source.Name,
            SiteName = scope.NameOf(source.SiteId),
            DirectoryKey = sites.ById(source.DirectoryId)?.Key ?? "",
            Mode = source.Mode,
            State = source.State,
            HeldFor = source.HeldFor,
            TrialRunId = source.TrialRunId,
            FeedAddress = source.FeedAddress,
            Cursor = source.Cursor,
            HeadSequence = source.HeadSequence,
            LastContactAt = source.LastContactAt,
            LastFailure = source.LastFailure,
            ReconciledAt = source.ReconciledAt,
            Differences = source.Differences,
            Credentials = await db.DockingCredentials.AsNoTracking()
                .Where(credential => credential.SourceId == source.Id)
                .OrderByDescending(credential => credential.IssuedAt)
                .Select(credential => new CredentialLine(
                    credential.Id, credential.KeyId, credential.Direction, credential.IssuedAt, credential.IssuedBy,
                    credential.ExpiresAt, credential.RevokedAt, credential.ExpiresAt <= now))
                .ToListAsync(cancellationToken),
            Runs = await db.DockingRuns.AsNoTracking()
                .Where(run => run.SourceId == source.Id)
                .OrderByDescending(run => run.StartedAt)
                .Take(Runs)
                .Select(run => new RunLine(
                    run.Id, run.Kind, run.State, run.StartedAt, run.Received, run.Added, run.Updated, run.Withdrawn, run.Rejected,
                    run.Quarantined))
                .ToListAsync(cancellationToken),
        };
    }
}

internal sealed class ReadSourceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/docking/{id:guid}", async (
            Guid id, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadSource(id), cancellationToken);
            return read.Succeeded ? ReadSourcePage.Render(read.Value, done, []) : read.Failure.Page();
        });
}
