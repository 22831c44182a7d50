using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Requests;

/// <summary>Takes the platform's own steps in the cases of all sites that are due for one.</summary>
internal sealed class RequestSweep(DisclosureDbContext db, RequestWriter writer, ISites sites)
{
    private const int ChunkSize = 100;

    /// <summary>
    /// Takes <paramref name="step"/> in every case that <paramref name="due"/> of its site finds, and answers how many there were.
    /// A chunk is saved at once; after its step a case must be due no more.
    /// </summary>
    public async Task<int> RunAsync(
        Func<SiteInfo, Expression<Func<InformationRequest, bool>>> due, Func<RequestCase, Task> step, CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var site in sites.All)
        {
            var isDue = due(site);
            List<Guid> ids;
            do
            {
                ids = await db.Requests.AsNoTracking().Where(row => row.SiteId == site.Id).Where(isDue)
                    .OrderBy(row => row.Id).Select(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
                foreach (var id in ids)
                {
                    await step((await writer.FindAsync(id, cancellationToken))!);
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
                taken += ids.Count;
            }
            while (ids.Count == ChunkSize);
        }

        return taken;
    }
}
