using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Benchmarks;

/// <summary>
/// Documents as a province has them, by the hundred thousand: paragraphs of real ones in new company, under titles put
/// together from two, each with a date of its own. The same every time.
/// </summary>
internal sealed class LargeCollection
{
    private const int Seed = 20_261_123;
    private const int LongestTitle = 120;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _titles = [];
    private readonly List<string> _paragraphs = [];

    public static async Task<LargeCollection> ReadAsync(FileInfo documents, CancellationToken cancellation)
    {
        var collection = new LargeCollection();
        await using Stream file = documents.OpenRead();
        using var reader = new StreamReader(
            documents.Extension == ".gz" ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            collection._titles.Add(json.RootElement.GetProperty("title").GetString()!);
            collection._paragraphs.AddRange(json.RootElement.GetProperty("body").GetString()!
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(paragraph => paragraph.Length is > 15 and < 600 && paragraph[0] is not ('#' or '|')));
        }

        return collection;
    }

    /// <summary>Writes <paramref name="count"/> of them, from number <paramref name="first"/> on, for the import.</summary>
    public async Task WriteAsync(string path, int first, int count, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await using var packed = new GZipStream(file, CompressionLevel.Fastest);
        await using var writer = new StreamWriter(packed);
        for (var number = first; number < first + count; number++)
        {
            await writer.WriteLineAsync(LineOf(number).AsMemory(), cancellation);
        }
    }

    private string LineOf(int number)
    {
        // Not for secrets: every run must make the same.
        var random = new Random(Seed + number);
        var (one, other) = (Pick(_titles), Pick(_titles));
        var title = one[..(one.Length / 2)] + other[(other.Length / 2)..];
        var body = new StringBuilder();
        for (var paragraphs = random.Next(3, 16); paragraphs > 0; paragraphs--)
        {
            body.Append(Pick(_paragraphs)).Append("\n\n");
        }

        return JsonSerializer.Serialize(
            new
            {
                id = string.Create(CultureInfo.InvariantCulture, $"large-{number:D7}"),
                title = title.Length > LongestTitle ? title[..LongestTitle] : title,
                date = new DateOnly(2000, 1, 1).AddDays(random.Next(9_700))
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                body = body.ToString(),
            },
            Json);

        string Pick(List<string> texts) => texts[random.Next(texts.Count)];
    }
}
