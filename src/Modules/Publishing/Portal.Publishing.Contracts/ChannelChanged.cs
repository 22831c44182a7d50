using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>A channel was opened, renamed, moved, hidden or closed.</summary>
public sealed record ChannelChanged : INotification
{
    /// <summary>Identity of the fact.</summary>
    public required Guid Id { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The channel.</summary>
    public required Guid ChannelId { get; init; }
}
