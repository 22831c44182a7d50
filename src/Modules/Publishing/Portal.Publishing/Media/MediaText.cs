namespace Portal.Publishing.Media;

/// <summary>What the media library says. Its texts are beside it.</summary>
public sealed class MediaText;
