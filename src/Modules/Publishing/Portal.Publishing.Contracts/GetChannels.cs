using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>Asks for the channels of a site that are not closed, in the order of the tree.</summary>
public sealed record GetChannels(Guid SiteId) : IRequest<IReadOnlyList<ChannelSummary>>;

/// <summary>A channel.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Path">Path on the site, without leading slash.</param>
/// <param name="Name">Name.</param>
/// <param name="Type">What it holds: Policies, Institutions, Data and so on.</param>
/// <param name="CycleDays">Days within which something new is due in it; null: when facts change, or not asked.</param>
public sealed record ChannelSummary(Guid Id, string Path, string Name, string Type = "", int? CycleDays = null);
