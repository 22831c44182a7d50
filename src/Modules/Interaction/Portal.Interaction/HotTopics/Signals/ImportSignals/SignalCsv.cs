using System.Text;

namespace Portal.Interaction.HotTopics.Signals.ImportSignals;

/// <summary>A line of a table.</summary>
/// <param name="Number">Where it began in the file.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="IsOpen">The file ended within quotation marks: whatever stands behind them is in the last cell.</param>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Cells, bool IsOpen = false);

/// <summary>Reads comma-separated tables (RFC 4180) as spreadsheets in offices make them.</summary>
internal static class SignalCsv
{
    /// <summary>The text of a file: UTF-8, or GB18030 as older spreadsheets save; null when it is neither.</summary>
    public static string? Decode(byte[] content)
    {
        Encoding[] encodings =
        [
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
        ];
        foreach (var encoding in encodings)
        {
            try
            {
                var text = encoding.GetString(content).TrimStart('\uFEFF');
                return text.Contains('\0', StringComparison.Ordinal) ? null : text;
            }
            catch (DecoderFallbackException)
            {
                // It is not in this encoding.
            }
        }

        return null;
    }

    /// <summary>The lines that hold anything, no more than <paramref name="most"/> of them.</summary>
    public static IEnumerable<CsvLine> Read(string text, int most)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var (line, began, quoted, at, count) = (1, 1, false, 0, 0);
        while (at < text.Length && count < most)
        {
            var sign = text[at++];
            if (sign == '\n')
            {
                line++;
            }

            if (quoted)
            {
                if (sign != '"')
                {
                    cell.Append(sign);
                }
                else if (at < text.Length && text[at] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (sign == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (sign == ',')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (sign == '\n')
            {
                if (Ended(cells, cell))
                {
                    count++;
                    yield return new CsvLine(began, cells);
                }

                (cells, began) = ([], line);
            }
            else if (sign != '\r')
            {
                cell.Append(sign);
            }
        }

        if (count < most && Ended(cells, cell))
        {
            yield return new CsvLine(began, cells, quoted);
        }
    }

    private static bool Ended(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString());
        cell.Clear();
        return cells.Exists(text => text.Trim().Length > 0);
    }
}
