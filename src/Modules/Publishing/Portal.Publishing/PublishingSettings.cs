using Portal.Shared.Settings;

namespace Portal.Publishing;

/// <summary>What provincial admins may set for writing and media.</summary>
public sealed record PublishingSettings
{
    /// <summary>Largest picture, in megabytes.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 50)]
    public int ImageMegabytes { get; init; } = 10;

    /// <summary>Largest picture, in millions of pixels: a small file can unfold to a huge picture.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 100)]
    public int ImageMegapixels { get; init; } = 50;

    /// <summary>Largest attachment, in megabytes.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 100)]
    public int DocumentMegabytes { get; init; } = 50;

    /// <summary>Largest video, in megabytes.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 200)]
    public int VideoMegabytes { get; init; } = 200;

    /// <summary>How long a preview link works, in hours.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 336)]
    public int PreviewHours { get; init; } = 72;

    /// <summary>Characters of a summary that is cut from the body.</summary>
    [Setting(Minimum = 40, Maximum = 280)]
    public int SummaryLength { get; init; } = 120;
}
