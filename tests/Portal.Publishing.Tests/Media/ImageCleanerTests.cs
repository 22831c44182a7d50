using NetVips;
using Portal.Publishing.Media;

namespace Portal.Publishing.Tests.Media;

public sealed class ImageCleanerTests
{
    [Fact]
    public void Metadata_and_what_follows_the_picture_are_gone()
    {
        using var red = Image.Black(64, 48).NewFromImage(200, 30, 40).Copy(interpretation: Enums.Interpretation.Srgb).Cast(Enums.BandFormat.Uchar);
        using var tagged = red.Mutate(image => image.Set(GValue.GStrType, "exif-ifd0-Artist", "Somebody at 云浦"));
        byte[] picture = [.. tagged.JpegsaveBuffer(), .. "<script>alert(1)</script>"u8];

        Assert.Null(ImageCleaner.TryClean(picture, FileKind.Jpeg, 1_000_000, out var clean));

        Assert.Equal((64, 48), (clean!.Width, clean.Height));
        Assert.Equal(-1, clean.Bytes.AsSpan().IndexOf("Somebody"u8));
        Assert.Equal(-1, clean.Bytes.AsSpan().IndexOf("<script>"u8));
        using var again = Image.NewFromBuffer(clean.Bytes);
        Assert.DoesNotContain(again.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_is_written_as_itself()
    {
        using var picture = Image.Black(20, 10).NewFromImage(10, 120, 200).Copy(interpretation: Enums.Interpretation.Srgb).Cast(Enums.BandFormat.Uchar);
        (FileKind Kind, byte[] Bytes)[] kinds =
        [
            (FileKind.Png, picture.PngsaveBuffer()),
            (FileKind.WebP, picture.WebpsaveBuffer()),
            (FileKind.Gif, picture.GifsaveBuffer()),
            (FileKind.Jpeg, picture.JpegsaveBuffer()),
        ];
        foreach (var (kind, bytes) in kinds)
        {
            Assert.Null(ImageCleaner.TryClean(bytes, kind, 1_000_000, out var clean));
            Assert.Equal((20, 10), (clean!.Width, clean.Height));
        }
    }

    [Fact]
    public void The_header_alone_tells_of_too_many_pixels()
    {
        using var wide = Image.Black(4000, 4000);

        Assert.Equal(FileFault.TooManyPixels, ImageCleaner.TryClean(wide.PngsaveBuffer(), FileKind.Png, 1_000_000, out _));
    }

    [Fact]
    public void A_broken_picture_is_said_to_be_broken()
    {
        byte[] broken = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

        Assert.Equal(FileFault.BrokenImage, ImageCleaner.TryClean(broken, FileKind.Jpeg, 1_000_000, out _));
    }

    [Fact]
    public void A_cut_picture_is_said_to_be_broken()
    {
        using var picture = Image.Gaussnoise(300, 300).Cast(Enums.BandFormat.Uchar);
        var bytes = picture.PngsaveBuffer();

        Assert.Equal(FileFault.BrokenImage, ImageCleaner.TryClean(bytes[..(bytes.Length / 2)], FileKind.Png, 1_000_000, out _));
    }
}
