using System.IO.Compression;

namespace Portal.Publishing.Media;

/// <summary>
/// Looks into an Office file (a zip): the right parts, no macros, no paths that lead out, and no more bytes than an honest
/// document has. Sizes are counted while unpacking, never believed (reliability study T13).
/// </summary>
internal static class OfficeInspector
{
    private const int MaximumEntries = 5_000;
    private const long MaximumTotal = 400L * 1024 * 1024;
    private const int MaximumRatio = 200;
    private const int RatioFrom = 1024 * 1024;

    public static async Task<FileVerdict> InspectAsync(Stream file, CancellationToken cancellationToken)
    {
        if (!await EndsAsZipAsync(file, cancellationToken))
        {
            return FileFault.Disguised;
        }

        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MaximumEntries)
            {
                return FileFault.ZipBomb;
            }

            var names = zip.Entries.Select(entry => entry.FullName).ToList();
            if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count
                || names.Any(name => name.Contains("..", StringComparison.Ordinal)
                    || name.StartsWith('/') || name.Contains('\\') || name.Contains(':')))
            {
                return FileFault.BrokenOffice;
            }

            if (!names.Contains("[Content_Types].xml"))
            {
                return FileFault.UnknownType;
            }

            if (names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
                || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)))
            {
                return FileFault.MacroOffice;
            }

            FileKind? kind = names.Contains("word/document.xml") ? FileKind.Word
                : names.Contains("xl/workbook.xml") ? FileKind.Excel
                : names.Contains("ppt/presentation.xml") ? FileKind.PowerPoint
                : null;
            return kind is null ? FileFault.UnknownType
                : await IsBombAsync(zip, cancellationToken) ? FileFault.ZipBomb
                : kind;
        }
        catch (InvalidDataException)
        {
            return FileFault.BrokenOffice;
        }
        finally
        {
            file.Position = 0;
        }
    }

    private static async Task<bool> IsBombAsync(ZipArchive zip, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in zip.Entries)
        {
            long size = 0;
            await using var content = await entry.OpenAsync(cancellationToken);
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += read;
                total += read;
                if (total > MaximumTotal
                    || (size > RatioFrom && size / Math.Max(1, entry.CompressedLength) > MaximumRatio))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The zip's directory must be the last thing in the file, with a comment no longer than it says.</summary>
    private static async Task<bool> EndsAsZipAsync(Stream file, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(22 + 1024, file.Length)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, cancellationToken);
        file.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        return at >= 0 && tail.Length - at >= 22 && tail.Length - at - 22 == tail[at + 20] + (tail[at + 21] << 8);
    }
}
