using Microsoft.EntityFrameworkCore;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests.ArchiveCases;

/// <summary>
/// Files the cases that have ended and that nobody has filed, so that none keeps its personal data for ever. What
/// is answered but not handed over stays with its officer.
/// </summary>
internal sealed class ArchiveCases(
    DisclosureDbContext db, RequestWriter writer, ISites sites, ISettings settings, TimeProvider clock)
{
    private const int ChunkSize = 100;
    private static readonly IReadOnlyList<RequestState> Ended =
        RequestFlow.Steps.Single(step => step.Trigger == RequestTrigger.Archive).From;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        var filed = 0;
        foreach (var site in sites.All)
        {
            var before = today.AddDays(-settings.For<RequestSettings>(site.Id).ArchiveDays);
            List<Guid> ids;
            do
            {
                ids = await db.Requests.AsNoTracking()
                    .Where(row => row.SiteId == site.Id && Ended.Contains(row.State) && row.ClosedOn < before)
                    .OrderBy(row => row.Id).Select(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
                foreach (var id in ids)
                {
                    var found = (await writer.FindAsync(id, cancellationToken))!;
                    var taken = await writer.TakeAsync(
                        found, new RequestInput { Trigger = RequestTrigger.Archive }, Party.Platform, null, cancellationToken);
                    if (!taken.Succeeded)
                    {
                        throw new InvalidOperationException($"The case {found.Request.Number} cannot be filed.");
                    }

                    filed++;
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
            }
            while (ids.Count == ChunkSize);
        }

        return filed;
    }
}
