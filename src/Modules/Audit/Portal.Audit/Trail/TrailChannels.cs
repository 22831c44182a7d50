using MediatR;
using Portal.Publishing.Contracts;

namespace Portal.Audit.Trail;

/// <summary>What the channels are called that sealed decisions name by id.</summary>
internal sealed class TrailChannels(ISender sender)
{
    /// <summary>The channels among <paramref name="ids"/>, by the id as the trail holds it; others are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ChannelSummary>> NamesAsync(
        IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct(StringComparer.Ordinal)
            .Select(id => (Text: id, IsId: Guid.TryParse(id, out var value), Id: value))
            .Where(id => id.IsId)
            .ToLookup(id => id.Id, id => id.Text);
        return asked.Count == 0
            ? new Dictionary<string, ChannelSummary>()
            : (await sender.Send(new GetChannelNames([.. asked.Select(id => id.Key)]), cancellationToken))
                .SelectMany(channel => asked[channel.Id].Select(text => KeyValuePair.Create(text, channel)))
                .ToDictionary();
    }
}
