namespace Portal.Publishing.Channels;

/// <summary>The order in which a tree of channels is read.</summary>
internal static class ChannelOrder
{
    /// <summary>Parents before children, siblings by position and name.</summary>
    public static IEnumerable<Channel> InTreeOrder(this IEnumerable<Channel> channels)
    {
        var children = channels
            .OrderBy(channel => channel.Position).ThenBy(channel => channel.Path, StringComparer.Ordinal)
            .ToLookup(channel => channel.ParentId);
        return Below(null);

        IEnumerable<Channel> Below(Guid? parent) =>
            children[parent].SelectMany(channel => Below(channel.Id).Prepend(channel));
    }
}
