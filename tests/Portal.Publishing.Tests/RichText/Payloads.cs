namespace Portal.Publishing.Tests.RichText;

internal static class Payloads
{
    public static IReadOnlyList<string> All { get; } = Load();

    private static List<string> Load()
    {
        using var stream = typeof(Payloads).Assembly.GetManifestResourceStream("payloads.txt")!;
        using var reader = new StreamReader(stream);
        var payloads = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith("# ", StringComparison.Ordinal))
            {
                payloads.Add(line.Replace('␉', '\t').Replace('␊', '\n').Replace('␍', '\r').Replace('␀', '\0'));
            }
        }

        return payloads;
    }
}
