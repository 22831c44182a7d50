using System.Buffers.Binary;
using System.Text;

namespace Portal.Publishing.Media;

/// <summary>
/// Says what a file is by its bytes alone; the name it came with decides nothing but between kinds of plain text. A file
/// that is two things at once is refused: what is checked here is what a browser would later see.
/// </summary>
internal static class FileInspector
{
    private const int HeadLength = 4096;

    private static readonly string[] MarkupStarts =
        ["<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe", "<object", "<embed", "<math", "<!--"];

    private static readonly string[] ActivePdfNames = ["/JavaScript", "/JS ", "/JS(", "/JS<", "/Launch", "/RichMedia"];

    public static async Task<FileVerdict> InspectAsync(Stream file, string name, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            return FileFault.Empty;
        }

        var head = new byte[(int)Math.Min(HeadLength, file.Length)];
        file.Position = 0;
        await file.ReadExactlyAsync(head, cancellationToken);
        file.Position = 0;
        return ImageKind(head) is { } image ? image
            : head.AsSpan().StartsWith("%PDF-"u8) ? await PdfAsync(file, cancellationToken)
            : head.AsSpan().StartsWith("PK\u0003\u0004"u8) ? await OfficeInspector.InspectAsync(file, cancellationToken)
            : head.Length >= 12 && head.AsSpan(4, 4).SequenceEqual("ftyp"u8) ? await Mp4Async(file, cancellationToken)
            : await TextAsync(file, head, name, cancellationToken);
    }

    private static FileKind? ImageKind(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? FileKind.Jpeg
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]) ? FileKind.Png
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? FileKind.Gif
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) ? FileKind.WebP
        : null;

    /// <summary>A PDF begins with its mark and ends with its end; markup around or active content makes it something else.</summary>
    private static async Task<FileVerdict> PdfAsync(Stream file, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(2048, file.Length)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, cancellationToken);
        file.Position = 0;
        var end = tail.AsSpan().LastIndexOf("%%EOF"u8);
        if (end < 0)
        {
            return FileFault.BrokenPdf;
        }

        if (!IsBlank(tail.AsSpan(end + 5)))
        {
            return FileFault.Disguised;
        }

        using var reader = new StreamReader(file, Encoding.Latin1, false, 65536, leaveOpen: true);
        var window = new char[65536];
        var carried = 0;
        var first = true;
        int read;
        while ((read = await reader.ReadBlockAsync(window.AsMemory(carried), cancellationToken)) > 0)
        {
            var text = window.AsSpan(0, carried + read);
            if (first && ContainsMarkup(text[..Math.Min(1024, text.Length)]))
            {
                return FileFault.Disguised;
            }

            foreach (var active in ActivePdfNames)
            {
                if (text.IndexOf(active, StringComparison.Ordinal) >= 0)
                {
                    return FileFault.ActivePdf;
                }
            }

            first = false;
            carried = Math.Min(16, text.Length);
            text[^carried..].CopyTo(window);
        }

        return FileKind.Pdf;
    }

    /// <summary>An MP4 is a row of boxes that fills the file to its last byte, with an index and the data.</summary>
    private static async Task<FileVerdict> Mp4Async(Stream file, CancellationToken cancellationToken)
    {
        var header = new byte[16];
        var (index, data, boxes) = (false, false, 0);
        long at = 0;
        while (at < file.Length)
        {
            if (++boxes > 10_000 || file.Length - at < 8)
            {
                return FileFault.BrokenVideo;
            }

            file.Position = at;
            await file.ReadExactlyAsync(header.AsMemory(0, (int)Math.Min(16, file.Length - at)), cancellationToken);
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            var type = Encoding.ASCII.GetString(header, 4, 4);
            size = size switch
            {
                1 when file.Length - at >= 16 => BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)),
                0 => file.Length - at,
                _ => size,
            };
            if (size < 8 || size > file.Length - at || !type.All(char.IsAsciiLetterOrDigit))
            {
                return FileFault.BrokenVideo;
            }

            index |= type == "moov";
            data |= type == "mdat";
            at += size;
        }

        file.Position = 0;
        return index && data ? FileKind.Mp4 : FileFault.BrokenVideo;
    }

    private static async Task<FileVerdict> TextAsync(
        Stream file, byte[] head, string name, CancellationToken cancellationToken)
    {
        var start = Encoding.Latin1.GetString(head);
        if (start.Contains("<svg", StringComparison.OrdinalIgnoreCase))
        {
            return FileFault.Svg;
        }

        var kind = start.TrimStart('\u00ef', '\u00bb', '\u00bf').StartsWith("WEBVTT", StringComparison.Ordinal) ? FileKind.Captions
            : name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? FileKind.Csv
            : name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? FileKind.Text
            : null;
        if (kind is null)
        {
            return FileFault.UnknownType;
        }

        if (ContainsMarkup(start))
        {
            return FileFault.Disguised;
        }

        using var reader = new StreamReader(file, new UTF8Encoding(false, true), false, 65536, leaveOpen: true);
        var buffer = new char[65536];
        try
        {
            int read;
            while ((read = await reader.ReadBlockAsync(buffer, cancellationToken)) > 0)
            {
                if (buffer.AsSpan(0, read).ContainsAnyInRange('\0', '\b') || buffer.AsSpan(0, read).Contains('\u007f'))
                {
                    return FileFault.UnknownType;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            return FileFault.NotUtf8;
        }

        file.Position = 0;
        return kind;
    }

    private static bool ContainsMarkup(ReadOnlySpan<char> text)
    {
        foreach (var start in MarkupStarts)
        {
            if (text.Contains(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept("\r\n \t\0"u8) < 0;
}
