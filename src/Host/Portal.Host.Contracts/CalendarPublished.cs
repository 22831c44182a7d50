using MediatR;

namespace Portal.Host.Contracts;

/// <summary>
/// A region's calendar has a new version: what is due is to be read anew in that region and in those below it. Dates are
/// read with <c>ICalendars</c>, which knows the version when this is told.
/// </summary>
public sealed record CalendarPublished : INotification
{
    /// <summary>Identity of the version.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was published (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who published it; null: the platform itself.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The portal of the region's government.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>行政区划代码, six digits.</summary>
    public required string RegionCode { get; init; }

    /// <summary>Number of the version in its region, from one.</summary>
    public required int Number { get; init; }

    /// <summary>The years of which a day may be another than before.</summary>
    public required IReadOnlyList<int> Years { get; init; }
}
