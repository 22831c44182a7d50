namespace Portal.Host.Calendars;

/// <summary>GB/T 2260: two digits name the province, four the prefecture, six the county.</summary>
internal static class Regions
{
    public static bool IsCode(string? text) => text is { Length: 6 } && text.All(char.IsAsciiDigit);

    public static bool IsProvince(string code) => code.EndsWith("0000", StringComparison.Ordinal);

    /// <summary>The region and those above it, the province first; empty when the text is no code.</summary>
    public static IReadOnlyList<string> Chain(string code) =>
        IsCode(code) ? [.. new[] { code[..2] + "0000", code[..4] + "00", code }.Distinct()] : [];
}
