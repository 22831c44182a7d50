using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;

namespace Portal.Host.Calendars.ImportNotice;

/// <summary>What a file says: the year when it names one, the addresses of the notice, the days.</summary>
internal sealed record NoticeFile(int? Year, IReadOnlyList<string> Papers, IReadOnlyList<ProposedDay> Days)
{
    /// <summary>A year's notice is a few kilobytes.</summary>
    public const int LargestFile = 256 * 1024;

    /// <summary>Reads a file as what it is; a file that is neither JSON nor ICS says why.</summary>
    public static Outcome<NoticeFile> Read(byte[]? bytes, IStringLocalizer<CalendarText> text)
    {
        if (bytes is null || bytes.Length == 0)
        {
            return Fault(text["File.Missing"]);
        }

        if (bytes.Length > LargestFile)
        {
            return Fault(text["File.Large", LargestFile / 1024]);
        }

        string content;
        try
        {
            content = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF').Trim();
        }
        catch (DecoderFallbackException)
        {
            return Fault(text["File.Encoding"]);
        }

        return content switch
        {
            [] => Fault(text["File.Missing"]),
            ['{' or '[', ..] => NoticeJson.Read(content, text),
            _ when content.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) => NoticeIcs.Read(content, text),
            _ => Fault(text["File.Kind"]),
        };
    }

    public static Failure Fault(string message) => Failure.Invalid("File", message);
}
