using System.Globalization;

namespace Portal.Publishing.Pages;

/// <summary>What a reader wants to know of a file before the download.</summary>
internal static class FileFacts
{
    public static string KindOf(FileView file)
    {
        var extension = Path.GetExtension(file.FileName).TrimStart('.');
        return extension.Length is > 0 and <= 5 ? extension.ToUpperInvariant() : file.MediaType;
    }

    public static string SizeOf(long bytes) => bytes switch
    {
        < 1_024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_048_576 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_024.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MB"),
    };
}
