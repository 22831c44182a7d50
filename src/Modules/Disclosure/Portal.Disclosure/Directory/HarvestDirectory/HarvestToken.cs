using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>
/// A resumption token: everything that the rest of a list needs, in the token itself. Nothing is kept for it, so that it
/// never expires and means the same on every host; it opens nothing that its own filters would not (ADR 46).
/// </summary>
internal sealed record HarvestToken
{
    private const string Form = "1";
    private const char Mark = ';';
    private const int Parts = 10;
    private const int Longest = 400;

    public required Guid DirectoryId { get; init; }

    /// <summary>The verb that it goes on with.</summary>
    public required string Verb { get; init; }

    public required string Prefix { get; init; }

    public string? Set { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive: the second or day after the one that was asked for.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Sequence of the last record that was handed out.</summary>
    public long After { get; init; }

    /// <summary>How many records were handed out before.</summary>
    public long Cursor { get; init; }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(
        Mark, Form, DirectoryId.ToString("N"), Verb, Prefix, Set, Write(From), Write(Before), Write(After), Write(Cursor), "")));

    /// <summary>Reads a token; a cut or made-up one is none.</summary>
    public static HarvestToken? Parse(string text)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Mark);
        return parts.Length == Parts && parts[0] == Form && parts[^1].Length == 0
            && Guid.TryParseExact(parts[1], "N", out var directory)
            && Instant(parts[5], out var from) && Instant(parts[6], out var before)
            && Number(parts[7], out var after) && Number(parts[8], out var cursor)
            ? new HarvestToken
            {
                DirectoryId = directory,
                Verb = parts[2],
                Prefix = parts[3],
                Set = parts[4].Length > 0 ? parts[4] : null,
                From = from,
                Before = before,
                After = after,
                Cursor = cursor,
            }
            : null;
    }

    private static string Write(DateTimeOffset? instant) => instant is { } at ? Write(at.ToUnixTimeSeconds()) : "";

    private static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Instant(string text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (!Number(text, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
