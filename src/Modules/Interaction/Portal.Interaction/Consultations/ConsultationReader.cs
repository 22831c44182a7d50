using Microsoft.EntityFrameworkCore;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Consultations;

/// <summary>Finds what the public may read.</summary>
internal sealed class ConsultationReader(InteractionDbContext db, ICurrentSite current)
{
    public static IQueryable<Consultation> Public(IQueryable<Consultation> rows, Guid siteId) =>
        rows.Where(row => row.SiteId == siteId && row.ReleasedAt != null && !row.TakenDown);

    /// <summary>The consultation of a key on the current site.</summary>
    public async Task<Outcome<Consultation>> FindAsync(string key, CancellationToken cancellationToken) =>
        current.Site is { } site
        && await Public(db.Consultations.AsNoTracking(), site.Id).SingleOrDefaultAsync(row => row.Key == key, cancellationToken) is { } found
            ? found
            : Failure.NotFound;
}
