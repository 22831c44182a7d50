using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;

namespace Portal.Publishing.Channels.GetChannels;

internal sealed class GetChannelsHandler(PublishingDbContext db)
    : IRequestHandler<Contracts.GetChannels, IReadOnlyList<ChannelSummary>>
{
    public async Task<IReadOnlyList<ChannelSummary>> Handle(
        Contracts.GetChannels request, CancellationToken cancellationToken) =>
        await db.Channels.AsNoTracking()
            .Where(channel => channel.SiteId == request.SiteId && channel.ClosedAt == null)
            .OrderBy(channel => channel.Path)
            .Select(channel => new ChannelSummary(channel.Id, channel.Path, channel.Name, channel.Type.ToString(), channel.CycleDays))
            .ToListAsync(cancellationToken);
}
