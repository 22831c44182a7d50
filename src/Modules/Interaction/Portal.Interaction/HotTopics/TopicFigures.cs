using Microsoft.EntityFrameworkCore;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>回应公众关注热点或重大舆情数量（次）: the figure of the annual report.</summary>
internal sealed class TopicFigures(InteractionDbContext db)
{
    /// <summary>How many topics of a site the public first had a response to in a year, and still has.</summary>
    public Task<int> CountAsync(Guid siteId, int year, CancellationToken cancellationToken)
    {
        var (first, end) = (BeijingTime.StartOf(new DateOnly(year, 1, 1)), BeijingTime.StartOf(new DateOnly(year + 1, 1, 1)));
        return db.HotTopics.CountAsync(row => row.SiteId == siteId && row.PublicAt >= first && row.PublicAt < end, cancellationToken);
    }
}
