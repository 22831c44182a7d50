using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Contracts;

namespace Portal.Disclosure.Directory.GetDirectoryEntries;

internal sealed class GetDirectoryEntriesHandler(DisclosureDbContext db)
    : IRequestHandler<Contracts.GetDirectoryEntries, IReadOnlyList<DirectoryEntrySummary>>
{
    public async Task<IReadOnlyList<DirectoryEntrySummary>> Handle(
        Contracts.GetDirectoryEntries request, CancellationToken cancellationToken) =>
        [
            .. (await db.Entries.AsNoTracking()
                .Where(entry => request.DocumentIds.Contains(entry.DocumentId!.Value))
                .Select(entry => new { entry.Id, DocumentId = entry.DocumentId!.Value, entry.IndexNumber, entry.State })
                .ToListAsync(cancellationToken))
                .Select(row => new DirectoryEntrySummary(
                    row.Id, row.DocumentId, row.IndexNumber, row.State.ToString(), RecordPath.Of(row.Id))),
        ];
}
