using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Audit.Trail.ReadObjectHistory;

/// <summary>
/// Every decision on an object, newest first. Decisions on its parts name it among their facts: a document's history
/// holds those on its editions.
/// </summary>
public sealed record ReadObjectHistory(string ObjectType, string ObjectId, string? Before, string? After)
    : IRequest<Outcome<ObjectHistory>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadTrail;
}

/// <summary>An object's history.</summary>
public sealed record ObjectHistory(
    string ObjectType, string ObjectId, string? Title, IReadOnlyList<EntryLine> Entries, string? Older, string? Newer);

internal sealed class ReadObjectHistoryHandler(AuditDbContext db, TrailScope scope)
    : IRequestHandler<ReadObjectHistory, Outcome<ObjectHistory>>
{
    public async Task<Outcome<ObjectHistory>> Handle(ReadObjectHistory request, CancellationToken cancellationToken)
    {
        var (type, id) = (request.ObjectType, request.ObjectId);
        var named = JsonSerializer.Serialize(new Dictionary<string, string> { [type] = id });
        var page = await scope.Visible(db.Entries.AsNoTracking())
            .Where(entry => (entry.ObjectId == id && entry.ObjectType == type)
                || EF.Functions.JsonContains(entry.Facts, named))
            .PageAsync(request.Before, request.After, (entries, token) => entries.ToListAsync(token), cancellationToken);
        return page.Items.Count == 0
            ? Failure.NotFound
            : new ObjectHistory(
                type,
                id,
                page.Items.FirstOrDefault(entry => entry.ObjectTitle is not null)?.ObjectTitle,
                [.. page.Items.Select(entry => EntryLine.Of(entry, scope))],
                page.Older,
                page.Newer);
    }
}
