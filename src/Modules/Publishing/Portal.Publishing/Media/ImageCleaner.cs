using NetVips;

namespace Portal.Publishing.Media;

/// <summary>A picture as it is kept: written anew from its pixels, so that nothing but pixels is in it.</summary>
internal sealed record CleanImage(byte[] Bytes, int Width, int Height);

/// <summary>
/// Reads a picture and writes it anew without metadata: no place or camera in it, and no second file behind it. The size
/// in pixels is read from the header before anything is unfolded.
/// </summary>
internal static class ImageCleaner
{
    private const int MaximumFrames = 200;

    static ImageCleaner()
    {
        // Loaders that libvips itself does not hold for safe with foreign files.
        NetVips.NetVips.BlockUntrusted = true;
        Cache.Max = 0;
    }

    public static FileFault? TryClean(byte[] bytes, FileKind kind, long maximumPixels, out CleanImage? clean)
    {
        clean = null;
        try
        {
            var animated = kind == FileKind.Gif || kind == FileKind.WebP;
            var options = animated ? new VOption { { "n", -1 } } : [];
            using var header = Image.NewFromBuffer(bytes, failOn: Enums.FailOn.Truncated, kwargs: options);
            var frames = header.Contains("n-pages") ? (int)header.Get("n-pages") : 1;
            if ((long)header.Width * header.Height > maximumPixels || frames > MaximumFrames)
            {
                return FileFault.TooManyPixels;
            }

            if (!Loader(kind).Equals(((string)header.Get("vips-loader")), StringComparison.Ordinal))
            {
                return FileFault.Disguised;
            }

            using var upright = frames > 1 ? header.Copy() : Image.NewFromBuffer(bytes, failOn: Enums.FailOn.Truncated).Autorot();
            // Colours stay as they look; the profile itself goes with the other metadata.
            using var standard = upright.Contains("icc-profile-data")
                ? upright.IccTransform("srgb", embedded: true)
                : upright.Copy();
            var written = Write(standard, kind);
            clean = new CleanImage(written, standard.Width, standard.Height / frames);
            return null;
        }
        catch (VipsException)
        {
            return FileFault.BrokenImage;
        }
    }

    private static string Loader(FileKind kind) => kind.Extension switch
    {
        "jpg" => "jpegload_buffer",
        "png" => "pngload_buffer",
        "gif" => "gifload_buffer",
        _ => "webpload_buffer",
    };

    private static byte[] Write(Image image, FileKind kind) => kind.Extension switch
    {
        "jpg" => image.JpegsaveBuffer(q: 88, interlace: true, keep: Enums.ForeignKeep.None),
        "png" => image.PngsaveBuffer(compression: 8, keep: Enums.ForeignKeep.None),
        "gif" => image.GifsaveBuffer(keep: Enums.ForeignKeep.None),
        _ => image.WebpsaveBuffer(q: 85, keep: Enums.ForeignKeep.None),
    };
}
