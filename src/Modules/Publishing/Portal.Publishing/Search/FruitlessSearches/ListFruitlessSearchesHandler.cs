using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;

namespace Portal.Publishing.Search.FruitlessSearches;

internal sealed class ListFruitlessSearchesHandler(PublishingDbContext db)
    : IRequestHandler<ListFruitlessSearches, IReadOnlyList<FruitlessSearch>>
{
    public async Task<IReadOnlyList<FruitlessSearch>> Handle(ListFruitlessSearches request, CancellationToken cancellationToken)
    {
        var rows = await db.FruitlessTerms.AsNoTracking()
            .Where(row => row.Day >= request.From && row.Day < request.Before
                && (request.SiteId == null || row.SiteId == request.SiteId))
            .GroupBy(row => new { row.SiteId, row.Term })
            .Select(group => new { group.Key.SiteId, group.Key.Term, Times = group.Sum(row => row.Times), Days = group.Count() })
            .Where(found => found.Times >= request.AtLeast && found.Days >= request.OnDays)
            .OrderByDescending(found => found.Times).ThenBy(found => found.SiteId).ThenBy(found => found.Term)
            .Take(request.Most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new FruitlessSearch(row.SiteId, row.Term, row.Times, row.Days))];
    }
}
