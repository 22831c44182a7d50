namespace Portal.Publishing.Media;

/// <summary>What a file is to its readers; the caps go by it.</summary>
internal enum FileFamily
{
    Image,
    Document,
    Video,
}

/// <summary>A kind of file that the platform takes.</summary>
internal sealed record FileKind(string Extension, string MediaType, FileFamily Family)
{
    public static FileKind Jpeg { get; } = new("jpg", "image/jpeg", FileFamily.Image);

    public static FileKind Png { get; } = new("png", "image/png", FileFamily.Image);

    public static FileKind Gif { get; } = new("gif", "image/gif", FileFamily.Image);

    public static FileKind WebP { get; } = new("webp", "image/webp", FileFamily.Image);

    public static FileKind Pdf { get; } = new("pdf", "application/pdf", FileFamily.Document);

    public static FileKind Word { get; } =
        new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileFamily.Document);

    public static FileKind Excel { get; } =
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileFamily.Document);

    public static FileKind PowerPoint { get; } =
        new("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", FileFamily.Document);

    public static FileKind Text { get; } = new("txt", "text/plain; charset=utf-8", FileFamily.Document);

    public static FileKind Csv { get; } = new("csv", "text/csv; charset=utf-8", FileFamily.Document);

    public static FileKind Captions { get; } = new("vtt", "text/vtt; charset=utf-8", FileFamily.Document);

    public static FileKind Mp4 { get; } = new("mp4", "video/mp4", FileFamily.Video);
}

/// <summary>Why a file is not taken. Each has its message in the resource file under <c>Fault.</c> and its name.</summary>
internal enum FileFault
{
    Empty,
    UnknownType,
    Svg,
    TooLarge,
    TooManyPixels,
    BrokenImage,
    BrokenPdf,
    ActivePdf,
    BrokenOffice,
    MacroOffice,
    ZipBomb,
    BrokenVideo,
    NotUtf8,
    Disguised,
}

/// <summary>The answer of an inspection: a kind or a fault.</summary>
internal readonly record struct FileVerdict(FileKind? Kind, FileFault? Fault)
{
    public static implicit operator FileVerdict(FileKind kind) => new(kind, null);

    public static implicit operator FileVerdict(FileFault fault) => new(null, fault);
}
