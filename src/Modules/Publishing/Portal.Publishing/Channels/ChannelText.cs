namespace Portal.Publishing.Channels;

/// <summary>What the channel pages of the console say. Its texts are beside it.</summary>
public sealed class ChannelText;
