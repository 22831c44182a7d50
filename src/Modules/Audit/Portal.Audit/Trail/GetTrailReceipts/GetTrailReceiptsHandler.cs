using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Contracts;

namespace Portal.Audit.Trail.GetTrailReceipts;

internal sealed class GetTrailReceiptsHandler(AuditDbContext db)
    : IRequestHandler<Contracts.GetTrailReceipts, IReadOnlyList<TrailReceipt>>
{
    private const int MostObjects = 200;

    public async Task<IReadOnlyList<TrailReceipt>> Handle(
        Contracts.GetTrailReceipts request, CancellationToken cancellationToken)
    {
        var ids = request.ObjectIds.Take(MostObjects).ToArray();
        return await db.Entries.AsNoTracking()
            .Where(entry => entry.ObjectType == request.ObjectType && ids.Contains(entry.ObjectId))
            .OrderBy(entry => entry.Index)
            .Select(entry => new TrailReceipt
            {
                ObjectId = entry.ObjectId,
                DecisionId = entry.DecisionId,
                Action = entry.Action,
                OccurredAt = entry.OccurredAt,
                Unit = entry.ActorUnit,
                ContentHash = entry.ContentHash,
                Index = entry.Index,
            })
            .ToListAsync(cancellationToken);
    }
}
