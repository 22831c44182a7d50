using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Register;
using Portal.Audit.Trail;
using Portal.Shared.Actors;

namespace Portal.Audit.Records.VerifyRecord;

/// <summary>
/// What the public may check of a published edition: which reviews it went through, when, by which office, and the
/// proof that these entries are in the signed trail. No names of persons.
/// </summary>
/// <param name="Named">An edition, a decision, or the hash of a content; null: only the state of the trail.</param>
public sealed record VerifyRecord(string? Named) : IRequest<VerifiedRecord>, IPublicRequest;

/// <summary>The answer to <see cref="VerifyRecord"/>.</summary>
/// <param name="Named">What was asked for.</param>
/// <param name="Size">Entries that the latest checkpoint covers; 0 before the first.</param>
/// <param name="At">When it was signed.</param>
/// <param name="Note">Its signed note.</param>
/// <param name="Steps">The decisions on the edition, in order; empty when nothing published matches.</param>
public sealed record VerifiedRecord(
    string? Named, long Size, DateTimeOffset? At, string? Note, IReadOnlyList<VerifiedStep> Steps);

/// <summary>One decision on a published edition.</summary>
public sealed record VerifiedStep
{
    /// <summary>The decision.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>Its place in the trail.</summary>
    public required long Index { get; init; }

    /// <summary>Code of the action.</summary>
    public required string Action { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was sealed.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The office.</summary>
    public string? Unit { get; init; }

    /// <summary>Hash of the content.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The leaf, lower-case hex.</summary>
    public required string LeafHash { get; init; }

    /// <summary>Null until the next checkpoint.</summary>
    public InclusionProof? Proof { get; init; }
}

internal sealed class VerifyRecordHandler(AuditDbContext db) : IRequestHandler<VerifyRecord, VerifiedRecord>
{
    private const int LongestName = 64;
    private const int MostSteps = 50;

    private static readonly string[] Shown = [.. ReviewRegister.Stages.Select(ReviewRegister.ActionOf)];

    public async Task<VerifiedRecord> Handle(VerifyRecord request, CancellationToken cancellationToken)
    {
        var named = request.Named?.Trim();
        var checkpoint = await InclusionProof.LatestAsync(db, cancellationToken);
        List<VerifiedStep> steps = [];
        if (named is { Length: > 0 and <= LongestName } && await EditionAsync(named, cancellationToken) is { } edition)
        {
            var entries = await db.Entries.AsNoTracking()
                .Where(entry => entry.ObjectId == edition && entry.ObjectType == "edition" && Shown.Contains(entry.Action))
                .OrderBy(entry => entry.Index)
                .Take(MostSteps)
                .ToListAsync(cancellationToken);
            foreach (var entry in IsPublic(entries) ? entries : [])
            {
                steps.Add(await StepAsync(entry, checkpoint, cancellationToken));
            }
        }

        return new VerifiedRecord(named, checkpoint?.Size ?? 0, checkpoint?.At, checkpoint?.Note, steps);
    }

    /// <summary>The edition that is meant: by its id, by a decision on it, by its content.</summary>
    private async Task<string?> EditionAsync(string named, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(named, out var id))
        {
            var text = id.ToString();
            return await db.Entries.AsNoTracking()
                .Where(entry => entry.ObjectId == text && entry.ObjectType == "edition")
                .Select(entry => entry.ObjectId)
                .FirstOrDefaultAsync(cancellationToken)
                ?? await db.Entries.AsNoTracking()
                    .Where(entry => entry.DecisionId == id && entry.ObjectType == "edition")
                    .Select(entry => entry.ObjectId)
                    .FirstOrDefaultAsync(cancellationToken);
        }

        var hash = named.ToLowerInvariant();
        return hash.Length != LongestName || !hash.All(char.IsAsciiHexDigitLower)
            ? null
            : await db.Entries.AsNoTracking()
                .Where(entry => entry.ContentHash == hash && entry.ObjectType == "edition"
                    && (entry.Action == "publishing.edition.published"
                        || entry.Action == "publishing.edition.released"
                        || entry.Action == "publishing.edition.emergency-published"))
                .OrderByDescending(entry => entry.Index)
                .Select(entry => entry.ObjectId)
                .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What has not been published yet is nobody's business: neither a draft nor what waits for its time.</summary>
    private static bool IsPublic(IReadOnlyList<Entry> entries) =>
        entries.LastOrDefault(entry => Stage(entry) is "published" or "emergency-published" or "released" or "scheduled"
            or "taken-down") is { } last && Stage(last) != "scheduled";

    private static string Stage(Entry entry) => entry.Action[ReviewRegister.ActionOf("").Length..];

    private async Task<VerifiedStep> StepAsync(Entry entry, Checkpoint? checkpoint, CancellationToken cancellationToken) =>
        new()
        {
            DecisionId = entry.DecisionId,
            Index = entry.Index,
            Action = entry.Action,
            OccurredAt = entry.OccurredAt,
            SealedAt = entry.SealedAt,
            Unit = entry.ActorUnit,
            ContentHash = entry.ContentHash,
            LeafHash = Convert.ToHexStringLower(entry.LeafHash),
            Proof = await InclusionProof.OfAsync(db, entry, checkpoint, cancellationToken),
        };
}
