using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Audit.Trail;

/// <summary>
/// One text for one value, after RFC 8785: members sorted by UTF-16 code units, no white space, the shortest escapes,
/// numbers as ECMAScript prints them. Whole numbers that fit 64 bits keep every digit, also beyond 2^53.
/// </summary>
internal static class CanonicalJson
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Microseconds: what a timestamptz column holds, so that the column and the text always agree.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseInstant(string text) =>
        DateTimeOffset.ParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                WriteObject(members, text);
                break;
            case JsonArray items:
                WriteArray(items, text);
                break;
            default:
                WriteValue(node.AsValue(), text);
                break;
        }
    }

    private static void WriteObject(JsonObject members, StringBuilder text)
    {
        var separator = '{';
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            text.Append(separator);
            WriteString(name, text);
            text.Append(':');
            Write(value, text);
            separator = ',';
        }

        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void WriteArray(JsonArray items, StringBuilder text)
    {
        var separator = '[';
        foreach (var item in items)
        {
            text.Append(separator);
            Write(item, text);
            separator = ',';
        }

        text.Append(separator == '[' ? "[]" : "]");
    }

    private static void WriteValue(JsonValue value, StringBuilder text)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.Number:
                text.Append(Number(value));
                break;
            default:
                WriteString(value.GetValue<string>(), text);
                break;
        }
    }

    private static string Number(JsonValue value)
    {
        // The literal itself decides: a number held as a decimal or as parsed text must come out the same.
        var literal = value.ToJsonString();
        return long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : EcmaScriptNumber(double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>Number::toString of ECMA-262 §6.1.6.1.20.</summary>
    private static string EcmaScriptNumber(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new FormatException("A number is too large to be written as JSON.");
        }

        if (number == 0)
        {
            return "0";
        }

        var shortest = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 16; precision++)
        {
            var shorter = Math.Abs(number).ToString($"E{precision}", CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) == Math.Abs(number))
            {
                shortest = shorter;
                break;
            }
        }

        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var digits = shortest[..mark].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var point = int.Parse(shortest[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        var sign = number < 0 ? "-" : "";
        return sign + point switch
        {
            > 21 or <= -6 => Exponential(digits, point - 1),
            <= 0 => $"0.{new string('0', -point)}{digits}",
            _ when digits.Length <= point => digits.PadRight(point, '0'),
            _ => $"{digits[..point]}.{digits[point..]}",
        };
    }

    private static string Exponential(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        var sign = exponent < 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{sign}{Math.Abs(exponent)}");
    }

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (char.IsSurrogate(character))
            {
                if (i + 1 == value.Length || !char.IsSurrogatePair(character, value[i + 1]))
                {
                    throw new FormatException("A text holds half of a surrogate pair: it has no UTF-8 form.");
                }

                text.Append(character).Append(value[++i]);
                continue;
            }

            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        text.Append('"');
    }
}
