using Microsoft.AspNetCore.Http;
using Portal.Shared.Text;

namespace Portal.Shared.Submissions;

/// <summary>A file as it was sent.</summary>
public sealed record SentFile(string Name, byte[] Content)
{
    /// <summary>How many a form may carry.</summary>
    public const int Most = 3;

    /// <summary>How large one may be.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>
    /// How large a form may be that carries them: more than it may hold, because who is told at the field which file is too
    /// large keeps what was typed.
    /// </summary>
    public const long LargestForm = 48L * 1024 * 1024;

    /// <summary>Is it larger than one may be?</summary>
    public bool IsTooLarge => Content.Length > Largest;

    /// <summary>Its name as a message has it: one line, cut.</summary>
    public string ShownName => PublicText.Line(Name).CutTo(60);
}

/// <summary>A file that was inspected and may be kept.</summary>
public sealed record InspectedFile(string Name, string MediaType, byte[] Content);

/// <summary>Reads the files of a posted form.</summary>
public static class SentFiles
{
    /// <summary>What its first bytes say that it is: a JPEG or PNG image or a PDF; null for anything else.</summary>
    public static string? KindOf(SentFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> bytes = file.Content;
        return bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
            : bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
            : bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0 ? "application/pdf"
            : null;
    }

    /// <summary>Is it a HEIC photo, as telephones take them?</summary>
    public static bool IsPhonePhoto(SentFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> bytes = file.Content;
        return bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8)
            && (bytes[8..11].SequenceEqual("hei"u8) || bytes[8..11].SequenceEqual("hev"u8) || bytes[8..12].SequenceEqual("mif1"u8)
                || bytes[8..12].SequenceEqual("msf1"u8));
    }

    /// <summary>The files of a field, as far as they may be kept; an empty file is one, a field without a file is none.</summary>
    public static async Task<IReadOnlyList<SentFile>> FilesAsync(this IFormCollection form, string name, CancellationToken cancellationToken)
    {
        List<SentFile> files = [];
        foreach (var file in form.Files.GetFiles(name).Where(file => file.FileName.Length > 0).Take(SentFile.Most + 1))
        {
            // Of what is too large anyway, only so much that it shows.
            var content = new byte[Math.Min(file.Length, SentFile.Largest + 1)];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(content, cancellationToken);
            files.Add(new SentFile(file.FileName, content));
        }

        return files;
    }
}
