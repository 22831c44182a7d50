using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;

namespace Portal.Publishing.Channels.GetChannelNames;

internal sealed class GetChannelNamesHandler(PublishingDbContext db)
    : IRequestHandler<Contracts.GetChannelNames, IReadOnlyList<ChannelSummary>>
{
    public async Task<IReadOnlyList<ChannelSummary>> Handle(
        Contracts.GetChannelNames request, CancellationToken cancellationToken) =>
        await db.Channels.AsNoTracking()
            .Where(channel => request.Ids.Contains(channel.Id))
            .Select(channel => new ChannelSummary(channel.Id, channel.Path, channel.Name))
            .ToListAsync(cancellationToken);
}
