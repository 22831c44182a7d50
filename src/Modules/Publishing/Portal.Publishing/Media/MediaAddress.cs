namespace Portal.Publishing.Media;

/// <summary>Public addresses of files: by identity; the name is only for people and downloads.</summary>
internal static class MediaAddress
{
    public static string Of(MediaItem item) => Of(item.Id, item.Name);

    public static string Of(Guid id, string name) => $"/media/{id:N}/{Uri.EscapeDataString(name)}";
}
