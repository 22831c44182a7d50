using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>Asks what channels are called, of any site and closed ones too; ids that are no channel's are left out.</summary>
public sealed record GetChannelNames(IReadOnlyCollection<Guid> Ids) : IRequest<IReadOnlyList<ChannelSummary>>;
