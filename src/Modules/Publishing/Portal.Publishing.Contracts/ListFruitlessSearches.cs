using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks what visitors of the sites searched for and did not find. Nothing is known of who searched; a term that was looked
/// for less often than asked is not told.
/// </summary>
/// <param name="From">The first day (Asia/Shanghai).</param>
/// <param name="Before">The day after the last.</param>
/// <param name="AtLeast">The fewest times in these days.</param>
/// <param name="OnDays">On the fewest different days.</param>
/// <param name="Most">The most answers, the most frequent first.</param>
/// <param name="SiteId">Only this site; null for all.</param>
public sealed record ListFruitlessSearches(DateOnly From, DateOnly Before, int AtLeast, int OnDays, int Most, Guid? SiteId = null)
    : IRequest<IReadOnlyList<FruitlessSearch>>;

/// <summary>A term that was searched for in vain.</summary>
/// <param name="SiteId">On which site.</param>
/// <param name="Term">The term, folded: letter case and width make no difference.</param>
/// <param name="Times">How many times it was counted.</param>
/// <param name="Days">On how many days.</param>
public sealed record FruitlessSearch(Guid SiteId, string Term, int Times, int Days);
