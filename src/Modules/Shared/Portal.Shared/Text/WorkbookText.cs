using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Shared.Text;

/// <summary>
/// Finishes workbooks. Their writer escapes whatever is no XML character unit by unit, and so also the two halves of a sign
/// beyond the first plane (an emoji, a rare Chinese character): these are put together again. Control characters and halves
/// without the other stay escaped, and so does what somebody typed that looks like an escape.
/// </summary>
public static partial class WorkbookText
{
    /// <summary>The bytes of a workbook that was written.</summary>
    public static byte[] Finished(MemoryStream workbook)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        using (var parts = new ZipArchive(workbook, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var part in parts.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            {
                using var content = part.Open();
                using var reader = new StreamReader(content, Encoding.UTF8, leaveOpen: true);
                var written = reader.ReadToEnd();
                if (Pair().IsMatch(written))
                {
                    content.SetLength(0);
                    content.Write(Encoding.UTF8.GetBytes(Pair().Replace(written, Sign)));
                }
            }
        }

        return workbook.ToArray();
    }

    private static string Sign(Match pair) => string.Concat(Half(pair.Groups[1].ValueSpan), Half(pair.Groups[2].ValueSpan));

    private static string Half(ReadOnlySpan<char> digits) =>
        ((char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString();

    // _x005F_ is an escaped low line: what follows it was typed.
    [GeneratedRegex("(?<!_x005F)_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_")]
    private static partial Regex Pair();
}
