using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Audit.Trail.ReadEntry;

/// <summary>One sealed decision with its proof.</summary>
public sealed record ReadEntry(long Index) : IRequest<Outcome<EntryDetail>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadTrail;
}

/// <summary>A sealed decision as it was hashed, and the proof that it is in the signed trail.</summary>
/// <param name="Line">What was decided.</param>
/// <param name="SealedAt">When it was sealed.</param>
/// <param name="Payload">The text whose hash is the leaf.</param>
/// <param name="LeafHash">The leaf, lower-case hex.</param>
/// <param name="Channels">The channels that its facts name by id.</param>
/// <param name="Proof">Null until the next checkpoint, at most a minute.</param>
public sealed record EntryDetail(
    EntryLine Line,
    DateTimeOffset SealedAt,
    string Payload,
    string LeafHash,
    IReadOnlyDictionary<string, ChannelSummary> Channels,
    InclusionProof? Proof);

internal sealed class ReadEntryHandler(AuditDbContext db, TrailScope scope, TrailChannels channels)
    : IRequestHandler<ReadEntry, Outcome<EntryDetail>>
{
    public async Task<Outcome<EntryDetail>> Handle(ReadEntry request, CancellationToken cancellationToken)
    {
        var entry = await scope.Visible(db.Entries.AsNoTracking())
            .FirstOrDefaultAsync(row => row.Index == request.Index, cancellationToken);
        if (entry is null)
        {
            return Failure.NotFound;
        }

        var checkpoint = await InclusionProof.LatestAsync(db, cancellationToken);
        var line = EntryLine.Of(entry, scope);
        return new EntryDetail(
            line,
            entry.SealedAt,
            entry.Payload,
            Convert.ToHexStringLower(entry.LeafHash),
            await channels.NamesAsync(line.Facts.Values, cancellationToken),
            await InclusionProof.OfAsync(db, entry, checkpoint, cancellationToken));
    }
}
