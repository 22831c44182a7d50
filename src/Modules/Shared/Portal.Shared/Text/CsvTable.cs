using System.Text;

namespace Portal.Shared.Text;

/// <summary>Writes comma-separated tables (RFC 4180) for spreadsheets.</summary>
public static class CsvTable
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "text/csv; charset=utf-8";

    /// <summary>The whole table, with the mark without which spreadsheets take the code page of the machine.</summary>
    public static byte[] Write(IEnumerable<IEnumerable<string?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var lines = new StringBuilder();
        foreach (var row in rows)
        {
            lines.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(lines.ToString())];
    }

    /// <summary>A cell in quotes; what begins like a formula becomes a text (threat 15).</summary>
    public static string Cell(string? text) =>
        '"' + (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "") + (text ?? "").Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
