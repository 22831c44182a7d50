using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Quotas.ShowOverview;

/// <summary>How a site talks with the public in a year, for everybody to check: quotas, what counted, and the sites below.</summary>
/// <param name="Year">The year; null: this one.</param>
/// <param name="After">Key of the site after which the list of those below goes on.</param>
public sealed record ShowOverview(int? Year, string? After) : IRequest<Outcome<Overview>>, IPublicRequest;

/// <summary>The answer.</summary>
public sealed record Overview
{
    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>Earlier years with quotas, newest first, this one included.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>The site's own standing.</summary>
    public required SiteQuotas Own { get; init; }

    /// <summary>What counted.</summary>
    public required IReadOnlyList<CountedActivity> Counted { get; init; }

    /// <summary>Sites right below it, a page of them.</summary>
    public required IReadOnlyList<SiteQuotas> Below { get; init; }

    /// <summary>Key of the last of them, when there are more.</summary>
    public string? Next { get; init; }
}

internal sealed class ShowOverviewHandler(QuotaReader reader, ISites sites, ICurrentSite current, TimeProvider clock)
    : IRequestHandler<ShowOverview, Outcome<Overview>>
{
    public const int PageSize = 50;

    // As many as a visitor may want to compare; older ones are in the yearly assessments.
    private const int Years = 5;

    public async Task<Outcome<Overview>> Handle(ShowOverview request, CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        var year = request.Year ?? today.Year;
        if (current.Site is not { } site || year > today.Year || year <= today.Year - Years)
        {
            return Failure.NotFound;
        }

        var below = sites.All.Where(one => one.ParentId == site.Id && one.IsOpen)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .SkipWhile(one => request.After is not null && string.CompareOrdinal(one.Key, request.After) <= 0)
            .Take(PageSize + 1).ToList();
        var page = below.Take(PageSize).ToList();
        var standings = await reader.OfAsync([site, .. page], year, today, cancellationToken);
        return new Overview
        {
            Year = year,
            Years = [.. Enumerable.Range(0, Years).Select(back => today.Year - back)],
            Own = standings[0],
            Counted = await reader.ListAsync(site.Id, year, today, cancellationToken),
            Below = [.. standings.Skip(1)],
            Next = below.Count > PageSize ? page[^1].Key : null,
        };
    }
}
